// Finishes words that were begun, and corrects misspelt ones, by the words that stand on the site. Loaded when results leave a word of the
// query in doubt.
import { fold } from "./answers.js";

// Every word, the most frequent first, and as much of its stem as it is written with.
export const vocabulary = async (address) => (await (await fetch(address)).text()).split("\n").map((line) => {
  const word = line.replace(".", "");
  return { word, plain: fold(word), stem: fold(line.split(".")[0]) };
});

// What it costs to make one word of the other: 1 for each letter that was added, dropped or swapped with the next, or a vowel taken for
// another, and more for any other letter, which is seldom mistaken. No more than `most` is counted.
const distance = (a, b, most) => {
  const vowel = (letter) => "aeiouy".includes(letter);
  const change = (one, other) => (one === other ? 0 : vowel(one) && vowel(other) ? 1 : 1.5);
  let before = [], row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + change(a[i - 1], b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return Infinity;
    [before, row] = [row, next];
  }
  return row[b.length];
};

// The word that one was meant to be.
const nearest = (plain, words) => {
  let best, least = plain.length < 8 ? 1.5 : 2;
  for (const other of words) {
    if (Math.abs(other.plain.length - plain.length) > least) continue;
    if (other.plain[0] !== plain[0] && other.plain[0] !== plain[1]) continue; // few mistake the first letter
    const found = distance(plain, other.plain, least);
    if (found < least || (!best && found === least)) [best, least] = [other.word, found];
    if (least === 1) break;
  }
  return best;
};

// The word that is most like one with another ending: `verified` for "verification", `exploded` for "explosion". Their stems are the same, or
// end in other letters of those that take each other's place there. What follows a whole word and is longer than an ending is another word.
const related = (plain, words) => {
  const alike = (one, other) => "dst".includes(one) && "dst".includes(other);
  let best, most = 4;
  for (const { word, plain: other, stem } of words) {
    let same = 0;
    while (same < plain.length && other[same] === plain[same]) same += 1;
    const shared = same >= stem.length || (same === stem.length - 1 && alike(plain[same], stem[same]));
    if (same > most && shared && plain.length - same <= (same === other.length ? 4 : 6)) [best, most] = [word, same];
  }
  return best;
};

// The stems of those of some words that stand somewhere.
export const stemsOf = (asked, words) =>
  new Map(words.filter(({ plain }) => asked.includes(plain)).map(({ plain, stem }) => [plain, stem]));

// The query with each of the `doubtful` words that stands nowhere in its nearest form. A short word or a number is near to many.
export const corrected = (query, doubtful, words) => query.replace(/[\p{L}\p{N}]+/gu, (word) => {
  const plain = fold(word);
  if (!doubtful.includes(plain) || !/^\p{L}{4,}$/u.test(plain) || words.some((other) => other.plain.startsWith(plain))) return word;
  return nearest(plain, words) ?? related(plain, words) ?? word;
});

// The query with each of the `begun` words as most pages write it that write one beginning so.
export const finished = (query, begun, words) => query.replace(/[\p{L}\p{N}]+/gu, (word) => {
  const plain = fold(word);
  if (!begun.includes(plain) || words.some((other) => other.plain === plain)) return word;
  return words.find((other) => other.plain.startsWith(plain))?.word ?? word;
});
