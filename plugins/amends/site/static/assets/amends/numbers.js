// Numbers and days as people ask for them and as pages write them: in digits and in words, in full and in short. Loaded where somebody asks for one.
import { DAY, ENOUGH, grouped, wordsOf } from "./answers.js";

// As names write days.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

// By their names, those that others are said with and those that stand on the site.
const byName = ({ numerals, names }) => ({ ...numerals, ...Object.fromEntries(names.filter(([number]) => /^\d+$/.test(number)).map(([number, name]) => [name, Number(number)])) });

// Times of day in a query as pages write them: 13:42 for `1.42 pm`, `13:42 UTC` and `13.42 UTC`.
export const onTheClock = (query) => query.replace(/(?<![\d:.])(\d?\d)(?:[:.](\d\d))? ?([ap])\.?m(?!\p{L})\.?/giu,
  (_, hour, minute = "00", half) => `${(hour % 12) + (half.toLowerCase() === "p" ? 12 : 0)}`.padStart(2, "0") + `:${minute}`)
  .replace(/(?<![\d:.])(\d?\d)[:.](\d\d) ?(?:utc|gmt)(?!\p{L})/giu, "$1:$2");

// What holds a time of day as one, with a leading zero or without: the index knows 20:00 as 2000. Of very many, the first are looked through.
export const atItsTime = async (asked, { find, take }) => {
  const other = asked.replace(/(?<![\d:])0?(\d):(?=\d\d)/g, (time, hour) => (time.startsWith("0") ? `${hour}:` : `0${hour}:`));
  const times = wordsOf(asked).filter((word) => /^\d\dh\d\d$/.test(word)), kept = new Map();
  for (const written of new Set([asked, other])) {
    const results = await take((await find(written)).slice(0, ENOUGH));
    for (const result of results) if (times.every((time) => result.found.has(time))) kept.set(result.hit.id, result);
  }
  const results = [...kept.values()];
  return { all: results.map(({ hit }) => hit), results };
};

// A number that pages write with signs between thousands.
const LONG = /(?<![\p{L}\d.,-])\d{5,}(?![\p{L}\d.,-])/gu;

// What holds each number as a whole: the engine takes 25,000 for the beginning of 2,500,000 too. Where nothing does, it may still be typed; of very
// many, nobody sees those that come last.
const MANY = 500;
export const inDigits = async (asked, { find, first }) => {
  const found = await find(asked);
  let all = found;
  for (const [number] of found.length > MANY ? [] : asked.matchAll(/(?<![\p{L}\d.,:-])\d+(?:[.,]\d{3})*(?![\p{L}\d:-]|[.,]\d)/gu)) {
    const whole = new Set((await find(`"${wordsOf(number)}"`)).map(({ id }) => id)), kept = all.filter(({ id }) => whole.has(id));
    if (kept.length) all = kept;
  }
  return { ...await first(all), uncounted: all.length < found.length };
};

const alone = (words) => new RegExp(`(?<![\\p{L}\\d-])${words}(?![\\p{L}\\d-])`, "giu");

const namesIn = (numbers, isMeant) => `(${Object.keys(numbers).filter((name) => isMeant(numbers[name])).join("|")})`;

// 48 for `forty-eight` and `forty eight`.
const together = (query, numbers) => query.replace(alone(`${namesIn(numbers, (number) => number >= 20)}[- ]${namesIn(numbers, (number) => number < 10)}`),
  (_, ten, one) => numbers[ten.toLowerCase()] + numbers[one.toLowerCase()]);

// 18 for eighteen; `one` is seldom a number.
const digitsFor = (query, numbers) => query.replace(alone(namesIn(numbers, (number) => number > 1)), (name) => numbers[name.toLowerCase()]);

// 5,000,000 for `5 million`, `5m` and `5 000 000`.
const inFull = (query, { numerals, scales }) => {
  const amount = new RegExp(`(?<![\\p{L}\\d.,-])(\\d+(?:[.,]\\d+)?|${Object.keys(numerals).filter((name) => numerals[name] === 1).join("|")}) ?(${Object.keys(scales).join("|")})(?!\\p{L})`, "giu");
  const times = (text) => text.replace(amount, (_, number, scale) => Math.round((numerals[number.toLowerCase()] ?? number.replace(",", ".")) * 10 ** scales[scale.toLowerCase()]));
  // `one hundred million` takes two turns.
  return times(times(query.replace(/(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])/gu, (number) => number.replaceAll(" ", ""))))
    .replace(LONG, grouped);
};

// What a query may mean in which a day stands in numbers: `8.7.22`, `2022/7/8`, and `8/7/2022`, which is one day to some and another to others, each
// with that day as names write it.
const withDays = (query) => {
  const [numbers, first, sign, second, third] = DAY.exec(query) ?? [];
  if (!numbers) return [];
  const day = (year, month, day) => {
    const on = new Date(Date.UTC(year, month - 1, day));
    if (year.length !== 4 || on.getUTCMonth() !== month - 1 || on.getUTCDate() !== Number(day)) return [];
    const named = on.toLocaleDateString(language, { dateStyle: "long", timeZone: "UTC" });
    return [{ reading: query.replace(numbers, named), day: named }];
  };
  const last = third.length === 2 ? `20${third}` : third;
  return [...day(first, second, third), ...day(last, second, first), ...sign === "." ? [] : day(last, first, second)];
};

// What a query with amounts may mean, what it says among it: with these in `full`, by which all pages are called that hold them, or with digits for
// words, which finds what the words find, and more. What stands side by side is looked for as it is written.
const withAmounts = (query, known) => {
  if (query.includes('"')) return [{ reading: query }];
  const numbers = byName(known), besides = together(query, numbers), digits = digitsFor(besides, numbers), full = inFull(digits, known);
  const asked = digits === query ? [] : [{ reading: digits, besides }];
  return [...full === digits ? [] : [{ reading: full, full }], ...query.includes(" ") ? asked : [], { reading: query }, ...query.includes(" ") ? [] : asked];
};

// What a query with numbers may mean, which are asked for without their currency.
export const readings = (query, known) => {
  const plain = query.replace(/(?<=\b\d{1,2})(?:st|nd|rd|th)\b/giu, "").replace(/(?:\b\p{Lu}{1,3})?\p{Sc}(?=\d)/gu, "").replace(LONG, grouped);
  const days = withDays(plain);
  return days.length ? days : withAmounts(plain, known);
};

// The names of the numbers that are asked for: of 18 `eighteen`, of 5,000,000 `5 million`, `5m` and `five million`.
export const namesOf = (said, known) => {
  const numbers = byName(known);
  const inWords = (number) => Object.keys(numbers).filter((name) => numbers[name] === number);
  return said.filter((word) => /^[1-9]\d*$/.test(word)).map((word) => [word, ...inWords(Number(word)), ...Object.entries(known.scales).flatMap(([scale, zeros]) => {
    const times = 10 ** zeros, many = word / times;
    if (many < 1 || many >= 1000 || (word * 100) % times) return [];
    return [`${many}${scale}`, ...[many, ...inWords(many)].map((number) => `${number} ${scale}`)];
  })]);
};
