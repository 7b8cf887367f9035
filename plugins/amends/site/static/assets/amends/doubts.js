// Second thoughts, loaded where a word of the query was found nowhere as it was typed: it may be unfinished, misspelt, another form of one,
// one of two that are written as one, or one too many; and where little was found, of which something may be asked that does not hold all.
import { ENOUGH, alike, anyFound, at, dull, engines, fold, inIndex, once, wordsOf } from "./answers.js";
import { notes, precededBy, rulesCalled } from "./called.js";

// Every word of the site, the most frequent first, and as much of its stem as it is written with. A name begins with a capital.
const vocabulary = once(async () => (await (await fetch(at("search/words.txt"))).text()).split("\n").map((line) => {
  const word = line.replace(".", "");
  return { word, plain: fold(word), stem: fold(line.split(".")[0]), isName: word[0] !== word[0].toLowerCase() };
}));

const vowel = (letter) => "aeiouy".includes(letter);

// Whether two letters sound alike, or lie side by side on a keyboard.
const KEYS = new Map(["qwertyuiop", "asdfghjkl", "zxcvbnm"].flatMap((keys, row) => [...keys].map((letter, place) => [letter, { row, place: place + row / 4 }])));
const near = (one, other) => {
  if (["ck", "cs", "sz", "vw"].some((pair) => pair.includes(one) && pair.includes(other))) return true;
  const [a, b] = [KEYS.get(one), KEYS.get(other)];
  return a !== undefined && b !== undefined && Math.abs(a.row - b.row) <= 1 && Math.abs(a.place - b.place) <= 1;
};

// What it costs to make the other word of one: 1 for each letter that is missing, doubled or swapped with the next, or a vowel too many; or,
// in a word that is not short, for another vowel or a letter near the right one. More for a consonant too many or another one, which are
// seldom mistakes: `black` is not `block`. No more than `most` is counted.
const distance = (a, b, most) => {
  const slip = (one, other) => a.length > 5 && ((vowel(one) && vowel(other)) || near(one, other));
  const change = (one, other) => (one === other ? 0 : slip(one, other) ? 1 : 1.5);
  let before = [], row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i], drop = a[i - 1] === a[i - 2] || vowel(a[i - 1]) ? 1 : 1.5;
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + drop, next[j - 1] + 1, row[j - 1] + change(a[i - 1], b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return Infinity;
    [before, row] = [row, next];
  }
  return row[b.length];
};

// As a word sounds, for those who know it from hearing.
const sound = (plain) => plain.replace(/ck?s|ks/g, "x").replaceAll("ck", "k").replaceAll("ph", "f").replaceAll("dg", "g");

// What a word holds but vowels: of a long word, or of a name, seldom mistaken.
const consonants = (plain) => plain.replace(/[aeiouy]/g, "").replace(/(.)\1+/g, "$1");

// The word that one was meant to be. Few mistake the first letter, and names are mistaken by more than others.
const nearest = (typed, words) => {
  let best, least = Infinity;
  const plain = sound(typed), bones = consonants(plain);
  for (const other of words) {
    const most = Math.min(least, plain.length > 8 ? 2 : plain.length > 5 && other.isName ? 1.5 : 1);
    const begins = other.plain[0] === plain[0] || (plain.length > 8 && near(plain[0], other.plain[0]));
    if (!begins || Math.abs(other.plain.length - typed.length) > 2) continue;
    const heard = sound(other.plain);
    const found = plain.length > 5 && bones.length >= (other.isName ? 4 : 6) && bones === consonants(heard) ? Math.min(most, 1.5) : distance(plain, heard, most);
    if (found <= most && found < least) [best, least] = [other.word, found];
    if (least === 1) break;
  }
  return best;
};

// The word that is most like one with another ending: `verified` for "verification", `exploded` for "explosion". Their stems are the same, or
// end in other letters of those that take each other's place there. What follows a whole word and is longer than an ending is another word.
const related = (plain, words) => {
  const changes = (one, other) => "dst".includes(one) && "dst".includes(other);
  let best, most = 4;
  for (const { word, plain: other, stem } of words.filter(({ isName }) => !isName)) {
    const same = alike(plain, other), rest = plain.length - same;
    const shared = same >= stem.length || (same === stem.length - 1 && rest > 2 && changes(plain[same], stem[same]));
    if (same > most && shared && rest <= (same === other.length ? 4 : 6)) [best, most] = [word, same];
  }
  return best;
};

// Two words that were written as one.
const parted = (plain, words) => {
  const known = new Set(words.map((other) => other.plain));
  const place = [...plain].findIndex((_, place) => known.has(plain.slice(0, place)) && known.has(plain.slice(place)));
  return place > 0 ? `${plain.slice(0, place)} ${plain.slice(place)}` : undefined;
};

const WORD = /[\p{L}\p{N}](?:[\p{L}\p{N}.,'’:/_-]*[\p{L}\p{N}])?/gu;

// The words that name something on the site, as they are folded.
export const namesOnSite = once(async () => new Set((await vocabulary()).filter(({ isName }) => isName).map(({ plain }) => plain)));

// The query with each of the `doubts` that stands nowhere, and is no other name of anything, as it was meant. A short word or a number is near
// to many, and nobody looks for grammar.
const corrected = async (query, doubts, names) => {
  const words = await vocabulary(), { grammar } = await dull();
  const called = new Set(names.flat().flatMap(wordsOf));
  const isKnown = (plain) => called.has(plain.replace(/s$/, "")) || words.some((other) => other.plain.startsWith(plain));
  const telling = words.filter(({ word, plain }) => plain.length > 3 && !grammar.has(word.toLowerCase()));
  return query.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const plain = fold(word);
    if (!doubts.includes(plain) || !/^\p{L}{4,}$/u.test(plain) || isKnown(plain)) return word;
    return nearest(plain, telling) ?? related(plain, telling) ?? parted(plain, telling) ?? word;
  });
};

// A word that is written in one piece on the site, and was typed in several: `cut-over`.
const inOnePiece = (asked, words) => asked.replace(/\p{L}+(?:-\p{L}+)+/gu, (pieces) => {
  const plain = fold(pieces.replaceAll("-", ""));
  return words.some((other) => other.plain.startsWith(plain)) ? plain : pieces;
});

// What two words are that were meant to be one.
const joined = (asked) => (asked.split(/\s+/).length === 2 ? asked.replace(/\s+/, "") : asked);

// A word that is still being typed, as most pages write it that write one beginning so: where that leads further than what was typed so far. Who
// wrote a name as two words has typed it to its end. A whole word that none of the first results holds stands in a later one.
export const finish = async (answer, begun, { find, load, known }) => {
  const words = await vocabulary();
  const name = fold(joined(answer.asked));
  if (name !== fold(answer.asked) && words.some(({ plain, isName }) => isName && plain === name)) return load(joined(answer.asked), { words: known.words.corrected, insist: true });
  const asked = answer.asked.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const plain = fold(word);
    if (!begun.includes(plain) || words.some((other) => other.plain === plain)) return word;
    return words.find((other) => other.plain.startsWith(plain))?.word ?? word;
  });
  if (asked === answer.asked) return begun.some((word) => words.some(({ plain }) => plain === word)) ? load(asked, answer.instead, ENOUGH) : answer;
  const { length } = await find(asked);
  const seen = begun.every((word) => anyFound(answer.results, (other) => other.startsWith(word)));
  return length > answer.all.length || (length && !seen) ? load(asked, answer.instead) : answer;
};

// Of a query of which nothing holds all, the words of the pages that hold most of it, at most SETS times; of pages that hold much less, nothing.
// What few pages of the site hold says more than what many do, a name more than other words, what was typed more than what it was corrected to, and
// what an incident tells more than a guide's example; grammar and what is remembered by half count only where nothing else was said, and numbers
// beside words.
const SETS = 3, MUCH = 0.4;
const fewer = async (better, typed, whole, { find, load, narrowed }) => {
  const { says } = await dull();
  const said = [...new Set(better.match(WORD) ?? [])].slice(0, 12), telling = said.filter((word) => says(word.toLowerCase()));
  const site = await engines.pages(), named = await namesOnSite(), held = [];
  for (const word of telling.length ? telling : said) {
    const answer = await load(word, undefined, 4);
    if (!await whole(answer)) continue;
    const everywhere = narrowed ? (await site.search(inIndex(word))).results : answer.all;
    held.push({ word, ids: answer.all.map(({ id }) => id), often: Math.max(everywhere.length, 1) });
  }
  const most = Math.max(...held.map(({ often }) => often)), pages = new Map();
  const incidents = new Set(held.length ? (await find("", { kind: "incident" })).map(({ id }) => id) : []);
  for (const { word, ids, often } of held) {
    for (const id of ids) {
      const page = pages.get(id) ?? { words: [], weight: 0 };
      page.words.push(word);
      page.weight += Math.log(1 + most / often) * (typed.includes(word) ? 1 : 0.5) * (named.has(fold(word)) ? 2 : 1) * (incidents.has(id) ? 2 : 1);
      pages.set(id, page);
    }
  }
  const best = [...pages.values()].sort((one, other) => other.weight - one.weight);
  const saysMore = telling.some((word) => /\p{L}/u.test(word));
  const sets = [], enough = best.filter(({ weight }) => weight > MUCH * best[0].weight);
  for (const words of new Set(enough.map(({ words }) => said.filter((word) => words.includes(word)).join(" ")))) {
    if (sets.length < SETS && (!saysMore || /\p{L}/u.test(words)) && await whole(await load(words, undefined, 4))) sets.push(words);
  }
  return sets;
};

// What is found by any of several queries, each of which is more telling than the next.
const byAnyOf = async (sets, query, load) => {
  const { ordered } = await import("./order.js"), all = new Map(), results = [];
  for (const words of sets) {
    const answer = await load(words), more = answer.results.filter(({ hit }) => !all.has(hit.id));
    results.push(...ordered(more, words, query).map((result) => ({ ...result, asked: words })));
    answer.all.forEach((hit) => all.set(hit.id, hit));
  }
  return { asked: sets[0], all: [...all.values()], results, isOrdered: true, uncounted: true };
};

// The best answer to a query that as it was `first` asked leaves the words of its `doubts`.
export const reconsider = async (query, first, tools) => {
  const { asked, doubts } = first, { find, load, doubtful, narrowed, known: { words: says, names } } = tools;
  // Words of the site are known by their stems: where only what they are narrowed by leaves them out, other forms of them are found.
  const stems = new Map((await vocabulary()).filter(({ plain, stem }) => doubts.includes(plain) && stem.length > 3).map(({ plain, stem }) => [plain, stem]));
  const whole = async (answer) => answer.all.length > 0
    && (await doubtful(answer)).every((word) => stems.has(word) && anyFound(answer.results, (other) => other.startsWith(stems.get(word))));
  if (await whole(first)) return first;

  const several = wordsOf(asked).length > 1, strange = [];
  for (const word of doubts) if (!several || !await whole(await load(word, undefined, 4))) strange.push(word);
  const better = await corrected(asked, strange, names);
  for (const written of new Set([asked, better])) {
    const { asked: rest, rules } = await rulesCalled(wordsOf(written), tools);
    if (rules.length) return { ...await precededBy(rules, rest, await load(rest), query), instead: { words: says.corrected, insist: true } };
  }
  const others = [
    better,
    inOnePiece(asked, await vocabulary()),
    asked.replace(/(?<=\p{L})[-_](?=\p{L})/gu, " "), // a name that nobody wrote out: `reference-library`
    asked.replace(/(?<=\p{L})[- ](?=\d)/gu, ""), // `C-420`
    asked.includes('"') ? asked : joined(asked), // `crowd strike`
    asked.replace(/(?<=\d)k\b/giu, " thousand").replace(/(?<=\d)mn?\b/giu, " million").replace(/(?<=\d)bn\b/giu, " billion"), // `330m` of 330.2 million
    asked.replace(/\bv(?=\d)/giu, ""), // `v9.2`
    asked.replace(/(?<![\d.,])([01]?\d|2[0-3])\.(?=[0-5]\d(?![\d.,]))/g, "$1:"), // `15.39` of the clock
    asked.replace(/(?<=\d)(?=\p{L}{2,})/gu, " "), // `300GB`
  ];
  for (const other of new Set(others)) {
    if (other === asked) continue;
    const answer = await load(other, { words: says.corrected, insist: true });
    if (await whole(answer)) return answer;
  }
  // Where words are left out, another choice may hold them all: how many results it leaves is not known.
  const sets = wordsOf(better).length > 1 ? await fewer(better, asked, whole, { find, load, narrowed }) : [];
  if (sets.length) {
    const said = await notes();
    return { ...await byAnyOf(sets, query, load), instead: { words: said[`${sets.length > 1 ? "some" : "fewer"}${query.includes('"') ? "_phrase" : ""}`] } };
  }
  return { asked: query, all: [], results: [], uncounted: doubts.some((word) => !stems.has(word)) };
};
