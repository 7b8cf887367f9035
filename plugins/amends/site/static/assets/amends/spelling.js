// Finishes words that were begun, and corrects misspelt ones, by the words that stand on the site. Loaded when results leave a word of the
// query in doubt.
let words;
const vocabulary = async (address) => (words ??= (await (await fetch(address)).text()).split("\n"));

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");

// The number of letters to add, drop, change or swap; no more than `most` are counted.
const distance = (a, b, most) => {
  let before = [], row = [...Array(b.length + 1).keys()];
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
    }
    if (Math.min(...next) > most) return most + 1;
    [before, row] = [row, next];
  }
  return row[b.length];
};

const nearest = (word, words) => {
  const most = word.length < 8 ? 1 : 2;
  let best, least = most + 1;
  for (const other of words) {
    if (Math.abs(other.length - word.length) > most) continue;
    const plain = fold(other);
    if (plain[0] !== word[0] && plain[0] !== word[1]) continue; // few mistake the first letter
    const found = distance(word, plain, Math.min(most, least - 1));
    if (found < least) [best, least] = [other, found];
    if (least === 1) break;
  }
  return best;
};

// The query with each of the `doubtful` words that stands nowhere in its nearest form. A short word or a number is near to many.
export const corrected = async (query, doubtful, address) => {
  const known = await vocabulary(address);
  const folded = known.map(fold);
  return query.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const plain = fold(word);
    if (!doubtful.includes(plain) || !/^\p{L}{4,}$/u.test(plain) || folded.some((other) => other.startsWith(plain))) return word;
    return nearest(plain, known) ?? word;
  });
};

// The query with each of the `begun` words as most pages write it that write one beginning so.
export const finished = async (query, begun, address) => {
  const known = await vocabulary(address);
  const folded = known.map(fold);
  return query.replace(/[\p{L}\p{N}]+/gu, (word) => {
    const plain = fold(word);
    if (!begun.includes(plain) || folded.includes(plain)) return word;
    return known[folded.findIndex((other) => other.startsWith(plain))] ?? word;
  });
};
