// The order of results, loaded where another than the engine's own may be better: where not all of a sentence is asked for, or numbers or other
// short words are.
import { ENOUGH, SHORT, alike, anyFound, isExact, wordsOf } from "./answers.js";

// How many words of what was typed stand side by side in a text, those that are asked for among them: one, and two where fewer than `many` stand there.
const sideBySide = (said, asked, text, many = 0) => {
  const words = ` ${wordsOf(text).join(" ")} `;
  for (let length = said.length; length > 1; length--) {
    for (let from = 0; from + length <= said.length; from++) {
      const part = said.slice(from, from + length);
      if (part.filter((word) => asked.includes(word)).length > (length < many ? 1 : 0) && words.includes(` ${part.join(" ")} `)) return length;
    }
  }
  return 0;
};

// What forms of one word end in. Of `responsible` the engine takes `response` for one too.
const ENDING = /^(?:e|s|es|d|ed|ing|ings|y|ies|ied|er|en|n|em|ern|r|t|te|ten|st)?$/;
const isForm = (one, other) => {
  const same = alike(one, other), rest = (word) => word.slice(same).replace(one[same - 1], "");
  return one === other || (same > 2 && [one, other].every((word) => ENDING.test(word.slice(same)) || ENDING.test(rest(word))));
};

// Where words of a sentence are not asked for, first what is called as it says and holds most of it side by side, of other pages than incidents
// half as much, and of rules nothing, whose examples hold any words by chance; where numbers are, which stand everywhere, what holds all closest
// together, and incidents, of which numbers are facts; where a single word is, first what holds a form of it, then what is called by one. Last what
// holds of a short word no more than its beginning (`deadline` for "dead"), and other numbers or other short words: these have no forms, but the
// engine takes for one what has their longest beginning.
export const ordered = (results, asked, typed) => {
  const said = wordsOf(typed).slice(0, 12), words = wordsOf(asked), exact = words.filter(isExact);
  const holds = (result, word) => result.otherwise.has(word) || anyFound([result], (other) => (/^\d+(?:h\d+)?$/.test(word) ? other === word : other.startsWith(word)));
  const isCalled = ({ meta: { title, names } }) => words.every((word) => wordsOf(`${title} ${names}`).includes(word));
  const together = (result) => (isCalled(result) ? 1 : Math.max(0, ...result.sub_results.map(({ close }) => close)));
  const ofAnIncident = ({ filters }) => (filters.kind[0] === "incident" && words.some((word) => /^\d+$/.test(word)) ? 0.1 : 0);
  const told = (result) => {
    if (/\d/.test(`${typed} ${asked}`)) return (words.length > 1 ? together(result) : 0) + ofAnIncident(result);
    const kind = result.filters.kind[0];
    if (asked === typed || said.length < 3 || kind === "rule") return 0;
    const title = wordsOf(`${result.meta.title} ${result.meta.names}`);
    return words.filter((word) => title.some((other) => isForm(word, other))).length
      + sideBySide(said, words, result.raw_content, 4) * (kind === "incident" ? 1 : 0.5);
  };
  const anyForm = (others) => others.some((other) => isForm(words[0], other));
  const inForm = ({ found, called }) => (words.length > 1 || exact.length || anyForm([...found]) ? 0 : anyForm(called) ? 0.5 : 1);
  const short = words.filter((word) => word.length < SHORT && !isExact(word));
  const inFull = ({ found, called }) => short.every((word) => [...found, ...called].some((other) => isForm(word, other)));
  const weight = (result) => told(result) - said.length * (exact.every((word) => holds(result, word)) && inFull(result) ? inForm(result) : 1);
  return results.map((result) => [weight(result), result]).sort(([one], [other]) => other - one).map(([, result]) => result);
};

// What holds the words in quotes side by side, be it with a hyphen. Beside other words the engine looks for each by itself: of very many pages
// that hold all, the first are looked through.
export const inQuotes = async (asked, { find, take, first }) => {
  if (/^"[^"]*"$/.test(asked)) {
    const found = await find(asked), more = /^"\S+(?: \S+){1,3}"$/.test(asked) ? await find(asked.replaceAll(" ", "-")) : [];
    return first([...found, ...more.filter(({ id }) => found.every((other) => other.id !== id))]);
  }
  const phrases = [...asked.matchAll(/"([^"]*)"/g)].map(([, phrase]) => wordsOf(phrase).join(" "));
  const holds = ({ raw_content: text, called }) => phrases.every((phrase) => [wordsOf(text), called].some((words) => ` ${words.join(" ")} `.includes(` ${phrase} `)));
  const results = (await take((await find(asked.replaceAll('"', ""))).slice(0, ENOUGH))).filter(holds);
  return { all: results.map(({ hit }) => hit), results };
};

// Whether a day stands in one piece on a page. Of two that numbers may mean it is the one that does.
export const isTold = (results, day) => {
  const said = wordsOf(day);
  return results.some(({ raw_content, called }) => sideBySide(said, said, `${raw_content} ${called.join(" ")}`) === said.length);
};
