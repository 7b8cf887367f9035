// What the search answers, loaded with the interface (`finder.js`). The index is fetched in pieces. One engine looks through pages, another
// through parts of pages (plans, promises), when a reader asks for these.
const box = document.querySelector("[data-am-search]");
const root = new URL(box.dataset.amSearch.replace(/\/*$/, "/"), location);
export const at = (path) => new URL(path, root).href;

export const once = (make) => {
  let made;
  return () => (made ??= make().catch((error) => { made = undefined; throw error; }));
};
export const facts = once(async () => (await fetch(at("search/facts.json"))).json());
// What says little of what is looked for: grammar, and what people say of what they remember by half; and months that are grammar too.
export const dull = once(async () => {
  const [grammar, half, months] = (await (await fetch(at("search/dull.txt"))).text()).split("\n").map((line) => new Set(line.split(" ")));
  return { grammar, half, months, says: (word) => word !== undefined && !grammar.has(word) && !half.has(word) };
});
// How many words of a page a result shows.
const SHOWN = 24;
const engine = (name) => once(async () => {
  const { createInstance } = await import(at(`search/${name}/pagefind.js`));
  return createInstance({
    basePath: at(`search/${name}/`), baseUrl: root.pathname, noWorker: true, excerptLength: SHOWN,
    ranking: { metaWeights: { title: 5, names: 40, called: 1, shown: 0.1, day: 0 } },
  });
});
export const engines = { pages: engine("pages"), parts: engine("parts") };
// Who turns to the search will type: what every search needs comes meanwhile.
engines.pages().catch(() => {});

// Asking ------------------------------------------------------------------------------------------------------------

export const inParts = (known, chosen) => known.parts.includes(chosen.kind) || (!chosen.kind && known.promised.includes(chosen.state));

// Without words, all is as near as all else, and comes as it was taken in: records by their names, which begin with a day.
// An order of its own that the index would bring is a tenth of what every search loads.
const ask = async (query, chosen, known) => {
  const index = await engines[inParts(known, chosen) ? "parts" : "pages"]();
  const found = async (filters) => (await index.search(inIndex(query), { filters })).results;
  if (query) return found(chosen);
  const latest = async (filters) => (await found(filters)).reverse();
  if (chosen.kind === "incident" || inParts(known, chosen)) return latest(chosen);
  if (chosen.kind) return found(chosen);
  return [...await latest({ ...chosen, kind: "incident" }), ...await found({ ...chosen, not: { kind: "incident" } })];
};

// Words ---------------------------------------------------------------------------------------------------------------

export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");

// A number with a decimal point is one word, by which pages are called that hold it: the index drops signs, and 0.9 is not 09.
const DECIMAL = /(?<![\p{L}\d.,])(\d+)[.,](\d+)(?![.,]?\d)/gu;
const ungrouped = (text) => text.replace(/(?<=\d)[.,](?=\d{3}(?!\d))/g, "");

// A time of day is one word, 09h30: the index drops signs, and 20:00 is not 2,000.
const CLOCK = /(?<![\d:])(\d?\d):(?=\d\d(?![\d:]))/g;

export const wordsOf = (text) => ungrouped(fold(text)).replace(CLOCK, (_, hour) => `${hour.padStart(2, "0")}h`).replace(DECIMAL, "$1q$2").match(/[\p{L}\p{N}]+/gu) ?? [];

// For no words the engine loads its whole index; for a blank that only its inner part takes for one, a piece of it.
const NOTHING = "\u0085";

// A query as the index knows its words. Where a number stands on the page is known without its point, unless it is less than one: there are too
// many 09. What stands side by side is looked for as it is written.
export const inIndex = (query) => (query.includes('"') ? query
  : ungrouped(query).replace(DECIMAL, (number, whole, rest) => (Number(whole) ? `${whole}${rest} ${whole}q${rest}` : `${whole}q${rest}`))).replaceAll("ß", "ss") || NOTHING;

// Whether somebody asks for a number, in digits or in words; those of a day or a stem are none.
const NUMBER = /(?<![\p{L}\d:-])\p{Sc}?\d[\d.,]*(?![\d:-])/u;
const holdsNumber = (query, { numerals }) => NUMBER.test(query) || query.toLowerCase().split(/[\s-]+/).some((word) => word in numerals);

// The names of each thing that is asked for by one of them, as words, with the number of the word that asks for it.
const otherNames = async (asked, known) => {
  const said = wordsOf(asked), wanted = ` ${said.join(" ")} `;
  const numbers = holdsNumber(asked, known) ? (await import("./numbers.js")).namesOf(said, known) : [];
  return [...known.names, ...numbers, ...(asked.match(DECIMAL) ?? []).map((number) => [number])].flatMap((line) => {
    const names = line.map(wordsOf), words = names.map((name) => name.join(" "));
    const own = words.findIndex((name) => new RegExp(` ${name}(?:s|d|ed|ing)? `).test(wanted));
    return own < 0 ? [] : [{ names, word: said.findIndex((word) => word.startsWith(names[own][0])) }];
  });
};

// How many letters two words begin with alike.
export const alike = (one, other) => {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same += 1;
  return same;
};

// As which of the words that are asked for a place was found: as the numbers that it holds, and as the one of which it has the longest beginning.
const meant = (text, asked) => {
  const words = wordsOf(text ?? ""), shared = asked.map((other) => (/\d/.test(other) ? words.includes(other) : alike(words[0] ?? "", other)));
  const most = Math.max(...shared);
  return shared.flatMap((letters, word) => (letters === true || (letters && letters === most) ? [word] : []));
};

const inOrder = (places) => [...places].sort((one, other) => one - other);

// Where a line begins that shows what stands at a place.
const before = (place) => Math.max(place - SHOWN / 3, 0);

const line = (words, from, places) =>
  words.slice(from, from + SHOWN).map((word, after) => (places.includes(from + after) ? `<mark>${word}</mark>` : word)).join(" ");

// The parts of a page, each with the line of it that tells most: of all words that are asked for, and the more of a word the fewer places hold it;
// and how close together all of them stand there, 1 where nothing is between them and 0 where no line holds all.
const withTellingLines = (parts, words, asked, named) => {
  const asWhich = new Map(parts.flatMap(({ locations }) => locations).map((place) => [place, named.has(place) ? [named.get(place)] : meant(words[place], asked)]));
  const hits = asked.map((_, word) => [...asWhich.values()].filter((others) => others.includes(word)).length);
  return parts.map((part) => {
    let telling = 0, from = 0, close = 0;
    for (const place of part.locations) {
      const near = new Set();
      for (const other of part.locations.filter((other) => other >= place && other < place + (SHOWN * 2) / 3)) {
        asWhich.get(other).forEach((word) => near.add(word));
        if (near.size === asked.length) close = Math.max(close, asked.length / (other - place + 1));
      }
      const told = [...near].reduce((sum, word) => sum + 1 / hits[word], 0);
      if (told > telling) [telling, from] = [told, before(place)];
    }
    return { ...part, telling, close, ...(telling && { excerpt: line(words, from, part.locations) }) };
  });
};

// A result of the engine's `hit`, with the words that were found on its page, as it writes them, those for which another name was, and those that it is called by. One that is found
// by these alone shows where what they name stands, or how its first section begins. It is a copy: the engine writes what a later query finds
// into the same page.
const taken = async (hit, asked, others) => {
  const page = await hit.data(), said = wordsOf(asked);
  const words = page.raw_content.split(/\s+/);
  const named = others.length ? (await import("./names.js")).byAnotherName(words, page.raw_content, others) : new Map(), places = inOrder([...named.keys()]);
  const sectionOf = (place) => page.anchors.findLast(({ element, location }) => /^h\d$/.test(element) && location <= place)?.id;
  const parts = page.sub_results.map((part) => ({ ...part, locations: inOrder([...part.locations, ...places.filter((place) => sectionOf(place) === part.anchor?.id)]) }));
  let { excerpt } = page;
  if (!page.locations.length) {
    const section = page.anchors.find(({ element }) => element === "h2");
    excerpt = line(words, places.length ? before(places[0]) : section ? section.location + section.text.split(/\s+/).length : 0, places);
  }
  return {
    ...page, hit, sub_results: said.length > 1 ? withTellingLines(parts, words, said, named) : parts, title: page.meta.shown ?? page.meta.title,
    found: new Set([...page.locations, ...places].flatMap((place) => wordsOf(words[place] ?? ""))), otherwise: new Set([...named.values()].map((word) => said[word])), called: wordsOf(Object.values(page.meta).join(" ")), excerpt,
  };
};

// Whether a word that passes the test was found on a page, or one that a page is called by.
export const anyFound = (results, test) => results.some(({ found, called }) => [...found].some(test) || called.some(test));

// The words of the query of which nothing that was found is a beginning, numbers beside others as a whole. Of writing without spaces the engine
// knows more than we.
const unseen = ({ asked, results }) => wordsOf(asked).filter((word, _, { length }) => /^[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}\p{N}]+$/u.test(word)
  && !anyFound(results, (other) => other === word || other.startsWith(`${word}q`) || ((length < 2 || /\D/.test(word)) && other.startsWith(word))));

// The words of the query that stand on no page as they were asked for: they may still be typed. The index holds stems: of "deletion" it
// finds the first five letters and the whole, and little for what lies between.
const unfinished = ({ asked, results }) => wordsOf(asked).filter((word) => /^\p{L}{4,}$/u.test(word)
  && !results.some(({ found, called }) => found.has(word) || called.includes(word)));

// What has no forms: numbers and other short words.
export const isExact = (word) => word.length < 4 || /\d/.test(word);

// Shorter words are often the beginning of others that have nothing to do with them.
export const SHORT = 6;

// More results than anybody looks through before the word is typed to its end, or for something that has a name; and how many tell whether it is.
export const ENOUGH = 50;
const MANY = 100;
export const FIRST = 12;

// Of many words those that say something: grammar stands on every page, and would be lit on all of them; `last spring` and `that thing` are
// remembered by half, while `winter storm` and `two weeks` are what happened; `may` is a month beside a number. Of two long ones, the one that
// not every page holds: the other tells no page from another, and of all words takes longest to load. A phrase is asked as it is.
const telling = async (query, known) => {
  const typed = query.split(/\s+/);
  if (typed.length < 2 || query.includes('"')) return query;
  const words = typed.map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ""));
  const { half, months, says } = typed.length > 2 || words.some((word) => word.length < 4) ? await dull() : { half: new Set(), months: new Set(), says: () => true };
  const everywhere = new Set(known.everywhere.split(" "));
  const isNumber = (word) => /^\d+$/.test(word) || word in known.numerals;
  const tells = (word, place) => !everywhere.has(word)
    && (months.has(word) ? words[place - 1] === "in" || isNumber(words[place - 1]) || isNumber(words[place + 1])
      : says(word) || (half.has(word) && (isNumber(words[place - 1]) || (says(words[place + 1]) && !half.has(words[place - 1])))));
  const kept = typed.filter((_, place) => tells(words[place], place));
  return kept.length && kept.length < typed.length ? kept.map((word) => word.replace(/^['‘]|[,.;:!?'’]+$/gu, "")).join(" ") : query;
};

// What formats takes long to make, and is made when it is first needed.
let numbers;
export const grouped = (digits) => (digits < 1000 ? `${digits}` : (numbers ??= new Intl.NumberFormat(document.documentElement.lang)).format(digits));

// A day in numbers.
export const DAY = /(?<![\d./-])(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d./-])/u;

// What a query may mean, of which numbers are read in several ways.
const readings = async (query, known) =>
  (DAY.test(query) || holdsNumber(query, known) ? (await import("./numbers.js")).readings(query, known) : [{ reading: query }]);

// Answering -----------------------------------------------------------------------------------------------------------

const search = async ({ query, chosen, limit }, { literally, typing }, known, signal) => {
  const searches = new Map(); // second thoughts ask for the same again
  const find = async (words, more) => {
    const key = `${words}\n${more?.kind}`;
    if (!searches.has(key)) searches.set(key, ask(words, { ...chosen, ...more }, known));
    const found = await searches.get(key);
    signal.throwIfAborted();
    return found;
  };
  const load = async (asked, instead, most = limit, more = undefined) => {
    const others = await otherNames(asked, known);
    const take = (hits) => Promise.all(hits.map((hit) => taken(hit, asked, others)));
    const first = async (all) => ({ all, results: await take(all.slice(0, most)) });
    const own = asked.includes('"') ? (await import("./order.js")).inQuotes
      : asked.match(CLOCK) ? (await import("./numbers.js")).atItsTime : NUMBER.test(asked) ? (await import("./numbers.js")).inDigits : undefined;
    const told = await (own ? own(asked, { find, take, first }) : first(await find(asked, more)));
    signal.throwIfAborted();
    return { asked, instead, ...told };
  };
  // The words that were not found: the engine finds forms of a word, and for one that nothing holds what has the longest beginning of it,
  // and be it a single letter. In quotes it finds forms alone; a number has none, but the index parts 140,000.
  const doubtful = async (answer) => {
    const doubts = [], isAll = answer.all.length === answer.results.length;
    for (const word of unseen(answer)) {
      const forms = new Set(isAll && /^\d+$/.test(word) ? [] : (await find(`"${word}"`)).map(({ id }) => id));
      if (!answer.all.some(({ id }) => forms.has(id))) doubts.push(word);
    }
    return doubts;
  };
  const tools = { find, load, doubtful, known, narrowed: Object.keys(chosen).length > 0 };

  if (literally || !query) {
    const told = await load(query);
    return (await doubtful(told)).length ? { asked: query, all: [], results: [] } : told;
  }
  let first;
  for (const { reading, day, full, besides } of await readings(query, known)) {
    const asked = await telling(reading, known);
    let read = await load(asked, asked === reading ? undefined : { words: known.words.corrected, insist: true });
    const begun = read.all.length > ENOUGH ? [] : unfinished({ asked, results: read.results.slice(0, FIRST) });
    if (begun.length) read = await (await import("./doubts.js")).finish(read, begun, tools);
    const doubts = await doubtful(read);
    const amounts = wordsOf(full ?? "").filter((word) => /^\d{3,}$/.test(word));
    const isMeant = besides ? read.all.length >= (await load(await telling(besides, known), undefined, 0)).all.length
      : amounts.every((word) => anyFound(read.results, (other) => other === word));
    if (read.all.length && !doubts.length && isMeant && (!day || (await import("./order.js")).isTold(read.results, day))) {
      return read.all.length < MANY && / /.test(query) ? (await import("./called.js")).withNamed(read, query, tools) : read;
    }
    first = day ? first ?? { ...read, doubts } : { ...read, doubts };
  }
  // Who is typing will type on.
  if (typing) await new Promise((done) => { setTimeout(done, 400); });
  signal.throwIfAborted();
  return (await import("./doubts.js")).reconsider(query, first, tools);
};

// What there is for a query: as what it was `asked`, `all` that was found, as many `results` of these as may be shown, `isOrdered` where what
// comes first is known; where it was asked as something that nobody typed, in `instead` what to say of it; `uncounted` where nobody knows what
// another choice would leave. Nobody waits for an answer whose signal is aborted.
export const answer = async (state, how, known, signal) => {
  let { query } = state, isMeant;
  const look = async (words) => (await search({ ...state, query: words }, how, known, signal)).results;
  if (!how.literally && /[^\p{L}\p{N}\s-]|\s\s|\b(?:can not|per cent|(?:ca|wo|do|does|did|is|are|was|were|has|have|had|could|would|should)nt)\b/iu.test(query)) ({ query, isMeant } = await (await import("./spelling.js")).spelt(query, look));
  if (!how.literally && /\d ?(?:[ap]\.?m|utc|gmt)(?!\p{L})/iu.test(query)) query = (await import("./numbers.js")).onTheClock(query);
  const order = () => import("./order.js");
  const written = query.split(" ").length, several = written > 2;
  if (several || (written > 1 && wordsOf(query).some(isExact))) order().catch(() => {}); // it comes meanwhile
  const best = await search({ ...state, query }, how, known, signal);
  const asked = wordsOf(best.asked);
  const isUnsure = (word) => isExact(word) || ((word.length < SHORT || asked.length === 1) && !best.results[0].found.has(word));
  const ordered = best.results.length > 1 && !best.isOrdered && ((several && best.asked !== query) || asked.some(isUnsure));
  let results = ordered ? (await order()).ordered(best.results, best.asked, query) : best.results;
  if (isMeant) results = [...results.filter(isMeant), ...results.filter((result) => !isMeant(result))];
  return { ...best, results: results.slice(0, state.limit), instead: best.instead ?? (isMeant && results.length && { words: known.words.corrected, insist: true }) };
};

// What to mark on the page of a result: what was `asked` for, of all or of this one, and the forms in which it stands there; a number has none.
export const marked = (asked, { asked: own = asked, found }) =>
  [...new Set([...own.split(/\s+/), ...[...found].filter((form) => form.length > 2 && !/^\d+[qh]?\d*$/.test(form))])].slice(0, 12).join(" ");
