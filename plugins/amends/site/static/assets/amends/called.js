// What comes first because it is called as somebody asks, loaded where several words are asked for of which few pages hold all.
import { FIRST, at, fold, once, wordsOf } from "./answers.js";

// What is said of an answer that is not plain.
export const notes = once(async () => (await fetch(at("search/notes.json"))).json());

// The words of a day, by which nobody calls what happened on it.
const onDay = (day) => wordsOf(new Date(day).toLocaleDateString(document.documentElement.lang, { dateStyle: "full", timeZone: "UTC" }));

// Whether what a page is called has all of these words; those of the day on which it happened do not count.
const isCalled = (words) => ({ meta: { title, names, shown, day } }) =>
  words.every((word) => wordsOf(`${title} ${names} ${shown}`).includes(word) && !(day && onDay(day).includes(word)));

// Whether the title of a page has a word that begins with one of these.
const isTitled = (words) => ({ meta: { title } }) => wordsOf(title).some((own) => words.some((word) => own.startsWith(word)));

// An answer of which something else comes first, for as much as it was `asked`.
export const precededBy = async (own, asked, answer, query) => {
  const { ordered } = await import("./order.js"), others = answer.results.filter(({ url }) => own.every((result) => result.url !== url));
  return {
    ...answer, all: [...own.map(({ hit }) => hit), ...answer.all.filter(({ id }) => own.every(({ hit }) => hit.id !== id))],
    results: [...own.map((result) => ({ ...result, asked })), ...ordered(others, answer.asked, query)], isOrdered: true, uncounted: true,
  };
};

// The rules that are called by all words but the one for rules, which stands on no page of one.
export const rulesCalled = async (said, { load, known }) => {
  const rest = said.filter((word) => !word.startsWith(fold(known.kinds.rule)));
  if (!rest.length || rest.length === said.length) return { asked: said.join(" "), rules: [] };
  const asked = rest.join(" ");
  return { asked, rules: (await load(asked, undefined, undefined, { kind: "rule" })).results.filter(isCalled(rest)) };
};

// What of an answer is called by one of the words that were asked for, where nothing of it is: who names something asks of it.
const calledByOne = async (answer, said, { load }) => {
  const named = await (await import("./doubts.js")).namesOnSite();
  for (const word of said.filter((word) => named.has(word) || /^[a-z]+\d+$/.test(word))) {
    if (answer.results.some(isCalled([word]))) continue;
    const own = (await load(word, undefined, 4)).results.filter(isCalled([word]));
    if (own.length) return { asked: word, own };
  }
  return { own: [] };
};

// The rules and the lists of items that have the words as their name: it is written with hyphens, and asked for with blanks.
const withItsName = async (words, { find, load }) => {
  const name = words.toLowerCase().replaceAll(" ", "-"), asked = `"${name}"`;
  if (!/^\p{L}+(?:-\p{L}+){1,3}$/u.test(name) || !(await find(asked)).length) return { own: [] };
  const has = ({ filters: { kind: [kind] }, meta: { shown }, anchors }) =>
    (kind === "rule" ? shown.endsWith(` ${name}`) : kind === "checklist" && anchors.some(({ id }) => id === name));
  return { asked, own: (await load(asked)).results.filter(has) };
};

// An answer to several words, and before it what is called so and few results stand before: what has them as its name; the rule that is meant; of a
// short answer, what is called by one of them and holds not all.
const FEW = 3;
export const withNamed = async (answer, query, tools) => {
  for (const words of new Set([query, answer.asked])) {
    const { asked, own } = await withItsName(words, tools);
    if (!own.length) continue;
    const orders = [answer.results, (await import("./order.js")).ordered(answer.results, answer.asked, query)];
    const isAhead = orders.every((results) => results.slice(0, FEW).some(({ url }) => own.some((result) => result.url === url)));
    return isAhead ? answer : precededBy(own, asked, answer, query);
  }
  const said = wordsOf(answer.asked), { asked: rest, rules } = await rulesCalled(said, tools);
  const isShort = answer.all.length < FIRST && !answer.results.some(isTitled(said));
  const { asked, own } = rules.length ? { asked: rest, own: rules } : isShort ? await calledByOne(answer, said, tools) : { own: [] };
  return own.length ? { ...await precededBy(own, asked, answer, query), instead: { words: (await notes()).named.replace("{word}", () => asked) } } : answer;
};
