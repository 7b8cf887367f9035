// Finds what a question in a reader's own words is about, among the entries of a list. Loaded by `amends.js` where a list has a field for words.
"use strict";
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const wordsIn = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

  // What a word may end in, in one form or another.
  const ending = new RegExp(`^(?:${["", "s", "es", "d", "ed", "e", "en", "er", "ers", "ern", "em", "n", "r", "rs", "t", "te", "ten", "st", "y", "ies", "ied",
    "ing", "ings", "ion", "ions", "ation", "ations", "al", "ly", "able", "ment", "ments", "ung", "ungen", "a", "o", "as", "os"].join("|")})$`);

  // Forms of one word (`crashed`, `crashes`), before whose ending a consonant may be doubled (`dropped`). A `backup` is nothing that comes `back`.
  const forms = (one, other) => {
    const shorter = Math.min(one.length, other.length);
    let same = 0;
    while (same < shorter && one[same] === other[same]) same += 1;
    const ends = (word) => ending.test(word.slice(same)) || (word[same] === word[same - 1] && ending.test(word.slice(same + 1)));
    return one === other || (same > 3 && ends(one) && ends(other));
  };

  // The same, or a word that is still being typed.
  const alike = (one, other) => other.startsWith(one) || forms(one, other);

  // How surely a text tells of a word: 3 for a form of it, 2 for a part of a longer one, 0 for nothing.
  const standing = (word, { text, words }) => {
    if (words.some((other) => forms(word, other))) return 3;
    if (words.some((other) => other.startsWith(word)) || ((word.length > 5 || !/^[\p{Script=Latin}\p{N}]+$/u.test(word)) && text.includes(word))) return 2;
    return 0;
  };

  // How surely an entry tells of a word: most where it says what one sees, less where its record tells of the incident, or its steps of what to
  // do; least for another word for the same thing, the less the more seldom it tells of that. `pairs` are the word and its neighbours, written as one.
  const telling = (word, pairs, { seen, record, steps, also }) => {
    const otherwise = () => Math.max(Number(pairs.some((one) => [seen, record, steps].some(({ words }) => words.includes(one)))),
      ...also.filter(([other, , begins]) => [word, ...pairs].some((one) => alike(one, other) || (begins && one.startsWith(other)))).map(([, number]) => 0.5 + Math.min(number, 5) / 10));
    return standing(word, seen) || standing(word, record) * 0.43 + standing(word, steps) * 0.4 || otherwise();
  };

  // What two words of it are together, if that is one, stands among its words: who cannot `log in` has lost the login.
  const read = (text, list) => {
    const folded = plain(text), words = wordsIn(folded), whole = compoundsIn(list);
    const together = words.slice(1).map((word, place) => words[place] + word).filter((pair) => whole.has(pair));
    return { text: folded, words: [...new Set([...words, ...together])] };
  };

  // What an entry of a list tells, which stays the same as long as the page.
  const tellings = new WeakMap();
  const tellingOf = (item, list, ledTo) => {
    if (!tellings.has(item)) {
      tellings.set(item, {
        item, seen: read(item.textContent, list), record: read(item.dataset.told ?? "", list), steps: read(ledTo(item)?.textContent ?? "", list), also: calledIn(item.dataset.concepts ?? "", list),
      });
    }
    return tellings.get(item);
  };

  // A word written as one with that before it, and with that after it.
  const pairsAt = (list, place) => [list[place - 1], list[place + 1]].flatMap(
    (other, side) => (other === undefined ? [] : [side ? list[place] + other : other + list[place]]));

  // The words of a question that tell something, each with the pairs that it forms with its neighbours: `blue screen` is a bluescreen, and who
  // `dropped a table` looks for `drop table`. What is one word to an entry is asked for as one: `log in`.
  const askedIn = (question, list) => {
    const said = wordsIn(question), dull = dullIn(list), whole = compoundsIn(list);
    const words = [], kept = said.filter((word) => !dull.has(word));
    for (let place = 0; place < said.length; place += 1) {
      const pair = said[place] + (said[place + 1] ?? "");
      const one = said[place + 1] !== undefined && whole.has(pair);
      if (one || !(dull.has(said[place]) || /^.$/u.test(said[place]) && said.length > 1)) {
        words.push({ word: one ? pair : said[place], pairs: one ? [] : [...pairsAt(said, place), ...pairsAt(kept, kept.indexOf(said[place]))] });
      }
      place += Number(one);
    }
    return { said, words: words.filter(({ word }, place) => words.findIndex((other) => other.word === word) === place) };
  };

  const dulls = new WeakMap(), compounds = new WeakMap();
  const dullIn = (list) => {
    if (!dulls.has(list)) dulls.set(list, new Set(wordsIn(list.dataset.dull ?? "")));
    return dulls.get(list);
  };
  const compoundsIn = (list) => {
    calledIn("", list);
    if (!compounds.has(list)) compounds.set(list, new Set([...called.get(list).values()].flat().map(([word]) => word)));
    return compounds.get(list);
  };

  // By which other words, or beginnings of some, people call what an entry is about.
  const called = new WeakMap();
  const calledIn = (concepts, list) => {
    if (!called.has(list)) {
      called.set(list, new Map(Object.entries(JSON.parse(list.dataset.words ?? "{}")).map(
        ([concept, words]) => [concept, words.map((word) => [wordsIn(word).join(""), word.endsWith("*")])])));
    }
    return concepts.split(" ").map((one) => one.split(":")).flatMap(([concept, number]) => (called.get(list).get(concept) ?? []).map(([word, begins]) => [word, Number(number), begins]));
  };

  // The entries that tell of all words of a question, the surest first. Where none does, or another is surer although it tells of fewer, all that
  // tell of any, by how few others do. `untold` are the words of which none tells.
  const holding = (words, entries) => {
    const asked = words.map(({ word }) => word);
    const told = entries.map((entry) => ({ entry, each: words.map(({ word, pairs }) => telling(word, pairs, entry)) }));
    const untold = asked.filter((word, place) => !told.some(({ each }) => each[place]));
    const weights = asked.map((_, place) => Math.log((entries.length + 1) / (told.filter(({ each }) => each[place]).length || 1)));
    const sum = (each) => each.reduce((total, one) => total + one, 0), weighed = (each) => sum(each.map((one, place) => one * weights[place]));
    const ranked = (found, score) => found.map((one) => [one, score(one.each)]).sort(([, a], [, b]) => b - a).map(([one]) => one);
    const any = ranked(told.filter(({ each }) => each.some(Boolean)), weighed), all = ranked(any.filter(({ each }) => each.every(Boolean)), sum);
    const near = any.length > 0 && !all.includes(any[0]);
    return { found: (near ? any : all).map(({ entry }) => entry.item), near, untold };
  };

  // The incidents beside the list that tell of a question which no entry of the list answers whole.
  const besides = (words, list, { found, near }) => {
    if (found.length && !near) return [];
    const entries = JSON.parse(list.dataset.others ?? "[]").map(
      (item) => ({ item, seen: read(item.title, list), record: read(item.told, list), steps: read("", list), also: calledIn(item.concepts, list) }));
    const others = holding(words, entries);
    return others.near && found.length ? [] : others.found.slice(0, 5);
  };

  // The entries, first those of which what one sees has two of these words side by side ("whole site"): each alone tells nothing.
  const sideBySide = (said, items) => {
    const pairs = said.slice(1).map((word, place) => [said[place], word]).filter((pair) => pair.every((word) => word.length > 3)).map((pair) => ` ${pair.join(" ")} `);
    const has = new Set(items.filter((item) => pairs.some((pair) => ` ${wordsIn(item.textContent).join(" ")} `.includes(pair))));
    return [...has, ...items.filter((item) => !has.has(item))];
  };

  // The answer to a question: the entries among `items` that are found, and how; nothing where the question has no word, or one that is
  // still being typed and tells nothing yet. Words that any incident is told with ("site is down") are `vague`, and leave every entry there.
  window.amendsAsk = (question, items, list, ledTo) => {
    const { said, words } = askedIn(question, list);
    if (!words.length && said.length < 2) return undefined;
    if (!words.length) return { found: sideBySide(said, items), near: false, vague: true, untold: [], others: [] };
    const answer = holding(words, items.map((item) => tellingOf(item, list, ledTo)));
    const typed = new Map((question.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map((word) => [plain(word), word]));
    return { ...answer, untold: answer.untold.map((word) => typed.get(word) ?? word), others: besides(words, list, answer) };
  };

  // What a reader is told of an answer, in the `texts` of the page; `told` is how many entries were found.
  window.amendsTell = (texts, { near, vague, untold }, told) => {
    const words = untold?.map((word) => texts.word.replace("{word}", () => word)).join(", ");
    if (near) return `${words ? texts.nearWithout.replace("{words}", () => words) : texts.near} ${told}`;
    return vague ? `${texts.vague} ${told}` : told;
  };
})();
