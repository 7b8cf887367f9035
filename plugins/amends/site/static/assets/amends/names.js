// What goes by several names, loaded where somebody asks for it.
import { fold, wordsOf } from "./answers.js";

// Where on a page something stands that has another of the names: the places, each with the number of the word that asks for it.
export const byAnotherName = (words, text, others) => {
  const folded = fold(text), places = new Map();
  let written;
  for (const { names, word } of others) {
    for (const name of names.filter((name) => name.every((part) => /\dq\d/.test(part) || folded.includes(part)))) {
      written ??= words.flatMap((own, place) => wordsOf(own).map((part) => [part, place]));
      const stands = (at) => name.every((part, next) => [part, `${part}s`].includes(written[at + next]?.[0]));
      written.forEach((_, at) => { if (stands(at)) name.forEach((_, next) => places.set(written[at + next][1], word)); });
    }
  }
  return places;
};
