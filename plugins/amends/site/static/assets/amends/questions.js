// Finds what a question in a reader's own words is about, among the entries of a list. Loaded by `amends.js` where a list has a field for words.
"use strict";
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const wordsIn = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  // What a word may end in, in one form or another, after a consonant that some forms double.
  const ending = new RegExp(`^[bdgklmnprt]?(?:${["", "s", "es", "d", "ed", "e", "en", "er", "ers", "ern", "em", "n", "r", "rs", "t", "te", "ten", "st", "y", "ies", "ied",
    "ing", "ings", "ion", "ions", "ation", "ations", "al", "ly", "able", "ment", "ments", "ung", "ungen", "a", "o", "as", "os"].join("|")})$`);

  // Forms of one word (`crashed`, `crashes`), or a word that is still being typed. A `backup` is nothing that comes `back`.
  const alike = (one, other) => {
    const shorter = Math.min(one.length, other.length);
    let same = 0;
    while (same < shorter && one[same] === other[same]) same += 1;
    return same === one.length || (same > 3 && ending.test(one.slice(same)) && ending.test(other.slice(same)));
  };

  // How surely a text tells of a word: 3 for a form of it, 2 for a part of a longer one, 0 for nothing.
  const standing = (word, { text, words }) => {
    if (words.some((other) => alike(word, other) && Math.abs(word.length - other.length) < 4)) return 3;
    if (words.some((other) => alike(word, other)) || ((word.length > 3 || !/^[\p{Script=Latin}\p{N}]+$/u.test(word)) && text.includes(word))) return 2;
    return 0;
  };

  // How surely an entry tells of a word: as its own text does; less so where its record does; least for another word for the same thing, the
  // less the more seldom it tells of that. `pairs` are the word and its neighbours, written as one: `blue screen` is a bluescreen.
  const telling = (word, pairs, { own, record, also }) => {
    const otherwise = () => Math.max(Number(pairs.some((one) => own.words.includes(one) || record.words.includes(one))),
      ...also.filter(([other]) => [word, ...pairs].some((one) => alike(one, other))).map(([, number]) => 0.5 + Math.min(number, 5) / 10));
    return standing(word, own) || (standing(word, record) && 1.1) || otherwise();
  };

  const read = (text) => {
    const folded = plain(text);
    return { text: folded, words: [...new Set(wordsIn(folded))] };
  };

  // What an entry of a list tells, which stays the same as long as the page.
  const tellings = new WeakMap();
  const tellingOf = (item, list, ledTo) => {
    if (!tellings.has(item)) {
      tellings.set(item, {
        item, own: read(`${item.textContent} ${ledTo(item)?.textContent ?? ""}`), record: read(item.dataset.told ?? ""), also: calledIn(item.dataset.concepts ?? "", list),
      });
    }
    return tellings.get(item);
  };

  // By which other words people call what an entry is about.
  const called = new WeakMap();
  const calledIn = (concepts, list) => {
    if (!called.has(list)) {
      called.set(list, new Map(Object.entries(JSON.parse(list.dataset.words ?? "{}")).map(
        ([concept, words]) => [concept, words.map((word) => wordsIn(word).join(""))])));
    }
    return concepts.split(" ").map((one) => one.split(":")).flatMap(([concept, number]) => (called.get(list).get(concept) ?? []).map((word) => [word, Number(number)]));
  };

  // The entries that tell of all words of a question, the surest first; where none does, all that tell of any, by how few others do. `untold` are
  // the words of which none tells.
  const holding = (question, entries) => {
    const said = wordsIn(question);
    const asked = [...new Set(said)];
    const pairs = asked.map((word) => said.slice(1).flatMap((other, place) => (other === word || said[place] === word ? [said[place] + other] : [])));
    const told = entries.map((entry) => ({ entry, each: asked.map((word, place) => telling(word, pairs[place], entry)) }));
    const ranked = (found, score) => found.map(({ entry, each }) => [entry.item, score(each)]).sort(([, a], [, b]) => b - a).map(([item]) => item);
    const untold = asked.filter((word, place) => word.length > 3 && !told.some(({ each }) => each[place]));  // shorter ones are mostly `our` and `why`
    const all = told.filter(({ each }) => each.every(Boolean));
    if (all.length) return { found: ranked(all, (each) => each.reduce((sum, one) => sum + one, 0)), near: false, untold };
    const weights = asked.map((_, place) => Math.log((entries.length + 1) / (told.filter(({ each }) => each[place]).length || 1)));
    const any = told.filter(({ each }) => each.some(Boolean));
    return { found: ranked(any, (each) => each.reduce((sum, one, place) => sum + one * weights[place], 0)), near: any.length > 0, untold };
  };

  // The incidents beside the list that tell of a question which no entry of the list answers whole.
  const besides = (question, list, { found, near }) => {
    if (found.length && !near) return [];
    const entries = JSON.parse(list.dataset.others ?? "[]").map(
      (item) => ({ item, own: read(item.title), record: read(item.told), also: calledIn(item.concepts, list) }));
    const others = holding(question, entries);
    return others.near && found.length ? [] : others.found.slice(0, 5);
  };

  // The answer to a question: the entries among `items` that are found, and how; nothing where the question has no word.
  window.amendsAsk = (question, items, list, ledTo) => {
    if (!wordsIn(question).length) return undefined;
    const answer = holding(question, items.map((item) => tellingOf(item, list, ledTo)));
    return { ...answer, others: besides(question, list, answer) };
  };
})();
