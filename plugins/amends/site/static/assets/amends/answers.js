// What the search answers, loaded with the interface (`finder.js`). The index is fetched in pieces. One engine looks through pages, another
// through parts of pages (plans, promises), when a reader asks for these.
const box = document.querySelector("[data-am-search]");
const root = new URL(box.dataset.amSearch.replace(/\/*$/, "/"), location);
const at = (path) => new URL(path, root).href;

const once = (make) => {
  let made;
  return () => (made ??= make().catch((error) => { made = undefined; throw error; }));
};
export const facts = once(async () => (await fetch(at("search/facts.json"))).json());
const dull = once(async () => new Set((await (await fetch(at("search/dull.txt"))).text()).split("\n")));
const spelling = once(async () => {
  const { vocabulary, ...functions } = await import("./spelling.js");
  return { words: await vocabulary(at("search/words.txt")), ...functions };
});
// How many words of a page a result shows.
const SHOWN = 24;
const engine = (name) => once(async () => {
  const { createInstance } = await import(at(`search/${name}/pagefind.js`));
  return createInstance({
    basePath: at(`search/${name}/`), baseUrl: root.pathname, noWorker: true, excerptLength: SHOWN,
    ranking: { metaWeights: { title: 5, names: 40, called: 1, shown: 0.2, day: 0 } },
  });
});
const engines = { pages: engine("pages"), parts: engine("parts") };
// Who turns to the search will type: what every search needs comes meanwhile.
engines.pages().catch(() => {});

// Asking ------------------------------------------------------------------------------------------------------------

const inParts = (known, chosen) => known.parts.includes(chosen.kind) || (!chosen.kind && known.promised.includes(chosen.state));

// Without words, all is as near as all else, and comes as it was taken in: records by their names, which begin with a day.
// An order of its own that the index would bring is a tenth of what every search loads.
const ask = async (query, chosen, known) => {
  const index = await engines[inParts(known, chosen) ? "parts" : "pages"]();
  const found = async (filters) => (await index.search(query.replaceAll("ß", "ss") || null, { filters })).results;
  if (query) return found(chosen);
  const latest = async (filters) => (await found(filters)).reverse();
  if (chosen.kind === "incident" || inParts(known, chosen)) return latest(chosen);
  if (chosen.kind) return found(chosen);
  return [...await latest({ ...chosen, kind: "incident" }), ...await found({ ...chosen, not: { kind: "incident" } })];
};

// How many results each value would leave: those of a facet that is in use are counted without it.
export const count = async (query, chosen, known, whole) => {
  const name = inParts(known, chosen) ? "parts" : "pages";
  const index = await engines[name]();
  await index.filters();
  const counted = async (engine, filters) => (await engine.search(query || null, { filters })).filters;
  const without = (facet) => Object.fromEntries(Object.entries(chosen).filter(([own]) => own !== facet));
  const counts = await counted(index, chosen);
  for (const facet of Object.keys(chosen)) counts[facet] = (await counted(index, without(facet)))[facet];
  if (known.parts.length && (whole || name === "parts")) {
    const other = await engines[name === "parts" ? "pages" : "parts"]();
    await other.filters();
    const { kind: _kind, state, ...common } = chosen;
    const kinds = await counted(other, without("kind")), states = state ? await counted(other, common) : kinds;
    counts.kind = { ...counts.kind, ...kinds.kind };
    if (!chosen.kind) counts.state = { ...states.state, ...counts.state };
  } else {
    counts.kind = { ...counts.kind, ...Object.fromEntries(known.parts.map((kind) => [kind, undefined])) };
  }
  return counts;
};

// Words ---------------------------------------------------------------------------------------------------------------

export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");

const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

// A result with the words that were found on its page, as it writes them, and those that it is called by. One that is found by these alone
// shows how its first section begins. It is a copy: the engine writes what a later query finds into the same page.
const taken = async (result) => {
  const page = await result.data();
  const words = page.raw_content.split(/\s+/);
  const section = page.anchors.find(({ element }) => element === "h2");
  const begin = section ? section.location + section.text.split(/\s+/).length : 0;
  return {
    ...page, title: page.meta.shown ?? page.meta.title,
    found: new Set(page.locations.flatMap((place) => wordsOf(words[place] ?? ""))),
    called: wordsOf(Object.values(page.meta).join(" ")),
    excerpt: page.locations.length ? page.excerpt : words.slice(begin, begin + SHOWN).join(" "),
  };
};

const anyFound = (results, test) => results.some(({ found }) => [...found].some(test));
const anyCalled = (results, test) => results.some(({ called }) => called.some(test));

// Forms of one word: the engine finds stems, and what begins like a word. For one that nothing holds it takes the longest beginning that
// something has, and be it a single letter.
const formOf = (found, word) => {
  let same = 0;
  while (same < word.length && found[same] === word[same]) same += 1;
  return same >= Math.max(Math.min(3, word.length), word.length - 3);
};

// The words of the query that were not found: something that only begins like them was, or nothing.
const notFound = ({ asked, results }) => wordsOf(asked).filter((word) => /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+$/u.test(word)
  && !anyCalled(results, (name) => name.startsWith(word)) && !anyFound(results, (other) => formOf(other, word)));

// The words of the query that stand on no page as they were asked for: they may still be typed. The index holds stems: of "deletion" it
// finds the first five letters and the whole, and little for what lies between.
const unfinished = ({ asked, results }) => wordsOf(asked).filter((word) => /^\p{L}{4,}$/u.test(word)
  && !results.some(({ found, called }) => found.has(word) || called.includes(word)));

// Whether each of the words begins one that was found.
const hold = (results, words) => words.every((word) =>
  anyFound(results, (other) => other.startsWith(word)) || anyCalled(results, (other) => other.startsWith(word)));

// More results than anybody looks through before the word is typed to its end.
const ENOUGH = 50;

// Of many words those that say something: grammar stands on every page, and would be lit on all of them. Of two, the one that not every
// page holds: the other tells no page from another, and of all words takes longest to load. A phrase is asked as it is.
const telling = async (query, known) => {
  const words = query.split(/\s+/);
  if (words.length < 2 || query.includes('"')) return query;
  const grammar = words.length > 2 ? await dull() : new Set(), everywhere = new Set(known.everywhere);
  const tells = (word) => !grammar.has(word) && !everywhere.has(word);
  return words.filter((word) => tells(word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""))).join(" ") || query;
};

// What a query may mean, with its days as names write them: `8.7.2022`, `2022/7/8`, `July 8th`, and `8/7/2022`, which is one day to some and
// another to others; numbers as pages write them.
const readings = (query) => {
  const plain = query.replace(/(?<=\b\d{1,2})(?:st|nd|rd|th)\b/giu, "");
  const [numbers, first, sign, second, third] = /(?<![\d./-])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d./-])/u.exec(plain) ?? [];
  const day = (year, month, day) => (year.length === 4 && month <= 12 && day <= 31
    ? [plain.replace(numbers, `${year}-${month.padStart(2, 0)}-${day.padStart(2, 0)}`)] : []);
  const days = numbers ? [...day(first, second, third), ...day(third, second, first), ...sign === "." ? [] : day(third, first, second)] : [];
  // A number as pages group its digits: 12,000,000.
  const grouped = plain.replace(/(?<![\p{L}\d.,-])\d{5,}(?![\p{L}\d.,-])/gu, (digits) => Number(digits).toLocaleString(document.documentElement.lang));
  return [...new Set(days.length ? days : [plain, grouped])];
};

// As many words of a query of which nothing holds all as something holds, the longest first, which say most; grammar and seasons only
// where nothing else was said.
const fewer = async (query, chosen, known) => {
  const held = async (words) => {
    const results = await ask(words.join(" "), chosen, known);
    return results.length > 0 && !notFound({ asked: words.join(" "), results: [await taken(results[0])] }).length;
  };
  const grammar = await dull();
  const said = (query.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12), telling = said.filter((word) => !grammar.has(word.toLowerCase()));
  let kept = [];
  for (const word of (telling.length ? telling : [...said]).sort((a, b) => b.length - a.length)) {
    if (await held([...kept, word])) kept = [...kept, word];
  }
  return said.filter((word) => kept.includes(word)).join(" ");
};

// Answering -----------------------------------------------------------------------------------------------------------

// What there is for a query: as what it was `asked`, how many results it has in `total`, as many of them as may be shown, and where it
// was asked as something that nobody typed, in `instead` what to say of it. Nobody waits for an answer whose signal is aborted.
export const answer = async ({ query, chosen, limit }, literally, known, signal) => {
  const load = async (asked, instead) => {
    const found = await ask(asked, chosen, known);
    signal.throwIfAborted();
    const results = await Promise.all(found.slice(0, limit).map(taken));
    signal.throwIfAborted();
    return { asked, total: found.length, results, instead };
  };
  // Words of the site by their stems, as soon as a word is in doubt: another form of one was found then, and not only what begins like it.
  let stems = new Map();
  const whole = (answer) => answer.total > 0
    && notFound(answer).every((word) => stems.has(word) && anyFound(answer.results, (other) => other.startsWith(stems.get(word))));
  // A word that is still being typed, as it will be: where that leads further than what was typed so far.
  const finish = async (answer) => {
    const begun = answer.total > ENOUGH ? [] : unfinished(answer);
    if (!begun.length) return answer;
    const { words, finished } = await spelling();
    const asked = finished(answer.asked, begun, words);
    const { length } = asked === answer.asked ? [] : await ask(asked, chosen, known);
    return length > answer.total || (length && !hold(answer.results, begun)) ? load(asked) : answer;
  };

  if (literally || !query) return load(query);
  let first;
  for (const reading of readings(query)) {
    const read = await finish(await load(await telling(reading, known)));
    if (whole(read)) return read;
    first ??= read;
  }
  const { words, corrected, stemsOf } = await spelling();
  stems = stemsOf(wordsOf(first.asked), words);
  if (whole(first)) return first;
  const better = corrected(first.asked, notFound(first), words);
  // The words of a name that nobody wrote out: `reference-library`.
  for (const other of new Set([better, first.asked.replace(/(?<=\p{L})[-_](?=\p{L})/gu, " ")])) {
    if (other === first.asked) continue;
    const read = await load(other, { words: known.words.corrected, insist: true });
    if (whole(read)) return read;
  }
  // Where words are left out, another choice may hold them all: how many results it leaves is not known.
  const kept = /\s/.test(better) ? await fewer(better, chosen, known) : "";
  signal.throwIfAborted();
  return kept ? load(kept, { words: known.words.fewer, fewer: true }) : { asked: query, total: 0, results: [] };
};

// What to mark on the page of a result: what was asked for, and the forms in which it stands there.
export const marked = (asked, { found }) => [...new Set([...asked.split(/\s+/), ...found])].slice(0, 12).join(" ");
