// The search itself, loaded when a reader turns to it: in the header a combobox over its results, on a page of its own a
// list. The index is fetched in pieces. One engine looks through pages, another through parts of pages (plans, promises),
// when a reader asks for these.
const box = document.querySelector("[data-am-search]");
const root = new URL(box.dataset.amSearch.replace(/\/*$/, "/"), location);
const searchPage = new URL(box.dataset.amPage, location);
const at = (path) => new URL(path, root).href;

const once = (make) => {
  let made;
  return () => (made ??= make().catch((error) => { made = undefined; throw error; }));
};
const facts = once(async () => (await fetch(at("search/facts.json"))).json());
const engine = (name) => once(async () => {
  const { createInstance } = await import(at(`search/${name}/pagefind.js`));
  return createInstance({
    basePath: at(`search/${name}/`), baseUrl: root.pathname, noWorker: true, excerptLength: 24,
    ranking: { metaWeights: { title: 5, names: 40, day: 0 } },
  });
});
const engines = { pages: engine("pages"), parts: engine("parts") };
// Who turns to the search will type: what every search needs comes meanwhile.
engines.pages().catch(() => {});

const el = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter(Boolean));
  return element;
};

// An excerpt is text in which `<`, `>` are escaped and what was found stands in marks.
const excerpt = (html) => el("p", { class: "am-hit__line" }, ...html.split(/<mark>(.*?)<\/mark>/).map((text, number) => {
  const plain = text.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  return number % 2 ? el("mark", {}, plain) : plain;
}));

// As the pages write days.
const language = document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang;

const number = (count) => count.toLocaleString(document.documentElement.lang);

const counted = ({ results, language }, count) =>
  (results[new Intl.PluralRules(language).select(count)] ?? results.other).replace("{number}", number(count));

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
const count = async (query, chosen, known, whole) => {
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
    const { kind: _kind, state: _state, ...common } = chosen;
    const [states, kinds] = [await counted(other, common), await counted(other, without("kind"))];
    counts.kind = { ...counts.kind, ...kinds.kind };
    if (!chosen.kind) counts.state = { ...states.state, ...counts.state };
  } else {
    counts.kind = { ...counts.kind, ...Object.fromEntries(known.parts.map((kind) => [kind, undefined])) };
  }
  return counts;
};

const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replaceAll("ß", "ss");

const wordsOf = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

// Forms of one word: Pagefind finds stems, and what begins like a word. For one that nothing holds it takes the longest beginning that
// something has, and be it a single letter.
const formOf = (found, word) => {
  let same = 0;
  while (same < word.length && found[same] === word[same]) same += 1;
  return same >= Math.max(Math.min(3, word.length), word.length - 3);
};

// The words that a query found on pages, as these write them, and those of their names.
const foundIn = (results) => [
  new Set(results.flatMap(({ raw_content: text, locations }) => {
    const words = text.split(/\s+/);
    return locations.flatMap((place) => wordsOf(words[place] ?? ""));
  })),
  wordsOf(results.map(({ meta }) => `${meta.title} ${meta.names ?? ""}`).join(" ")),
];

// The words of the query that were not found: something that only begins like them was, or nothing.
const notFound = (query, results) => {
  const [found, names] = foundIn(results);
  return wordsOf(query).filter((word) => /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+$/u.test(word)
    && !names.some((name) => name.startsWith(word)) && ![...found].some((other) => formOf(other, word)));
};

// The words of the query that stand on no page as they were asked for: they may still be typed. The index holds stems: of "deletion" it
// finds the first five letters and the whole, and little for what lies between.
const unfinished = (query, results) => {
  const [found, names] = foundIn(results);
  return wordsOf(query).filter((word) => /^\p{L}{4,}$/u.test(word) && !found.has(word) && !names.includes(word));
};

// More results than anybody looks through before the word is typed to its end.
const ENOUGH = 50;

// Whether each of the words begins one that was found.
const holds = (results, words) => {
  const found = foundIn(results).flatMap((each) => [...each]);
  return words.every((word) => found.some((other) => other.startsWith(word)));
};

const dull = once(async () => new Set((await (await fetch(at("search/dull.txt"))).text()).split("\n")));

// As many words of a query of which nothing holds all as something holds, the longest first, which say most; grammar and seasons only
// where nothing else was said.
const fewer = async (query, chosen, known) => {
  const held = async (words) => {
    const results = await ask(words.join(" "), chosen, known);
    return results.length > 0 && !notFound(words.join(" "), [await results[0].data()]).length;
  };
  const grammar = await dull();
  const said = (query.match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 12), telling = said.filter((word) => !grammar.has(word.toLowerCase()));
  let kept = [];
  for (const word of (telling.length ? telling : [...said]).sort((a, b) => b.length - a.length)) {
    if (await held([...kept, word])) kept = [...kept, word];
  }
  return said.filter((word) => kept.includes(word)).join(" ");
};

// Of many words those that say something: grammar stands on every page, and would be lit on all of them. A phrase is asked as it is.
const telling = async (query) => {
  const words = query.split(/\s+/);
  if (words.length < 3 || query.includes('"')) return query;
  const grammar = await dull();
  const kept = words.filter((word) => !grammar.has(word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")));
  return kept.length ? kept.join(" ") : query;
};

// One search, in the header or on its page ----------------------------------------------------------------------------

const finder = (ui) => {
  let turn = 0, timer, running, insisted = "", asked = "", counting = ui.whole;
  const state = { query: "", chosen: {}, limit: ui.limit };

  const fields = (known) => {
    if (ui.facets.childElementCount) return;
    ui.facets.setAttribute("aria-label", known.words.narrow);
    for (const { name, label, values } of known.facets) {
      if (!values.length) continue;
      const select = el("select", { name, "aria-label": label }, el("option", { value: "" }, label),
        ...values.map(([value, text, total]) => el("option", { value }, `${text} (${number(total)})`)));
      select.addEventListener("change", () => {
        const { [name]: _, ...others } = state.chosen;
        state.chosen = select.value ? { ...others, [name]: select.value } : others;
        state.limit = ui.limit;
        run(0, true);
      });
      ui.facets.append(select);
    }
    const clear = el("button", { type: "button", class: "am-search__clear", hidden: "" }, known.words.clear);
    clear.addEventListener("click", () => { state.chosen = {}; run(0, true); ui.facets.querySelector("select").focus(); });
    ui.facets.append(clear);
    ui.facets.hidden = false;
  };

  // Without counts, how many there are on the whole site; no numbers where the counts are null.
  const show = (known, counts) => {
    for (const select of ui.facets.querySelectorAll("select")) {
      const { values } = known.facets.find((facet) => facet.name === select.name);
      for (const [value, text, total] of values) {
        const option = [...select.options].find((each) => each.value === value);
        const own = counts?.[select.name] ?? {};
        const left = counts === undefined ? total : !counts || value in own ? own[value] : 0;
        option.textContent = left === undefined ? text : `${text} (${number(left)})`;
        option.disabled = option.hidden = left === 0 && value !== select.value;
      }
    }
  };

  const reflect = () => {
    for (const select of ui.facets.querySelectorAll("select")) {
      select.value = state.chosen[select.name] ?? "";
      select.classList.toggle("am-on", select.value !== "");
    }
    const clear = ui.facets.querySelector(".am-search__clear");
    if (clear) clear.hidden = !Object.keys(state.chosen).length;
  };

  const address = (base) => {
    const url = new URL(base);
    url.search = new URLSearchParams({ ...(state.query && { q: state.query }), ...state.chosen });
    url.hash = "";
    return url;
  };

  const note = (known, better, message) => {
    ui.note.hidden = !better;
    if (!better) return;
    if (message) {
      ui.note.replaceChildren(message.replace("{word}", () => better));
      return;
    }
    const instead = el("button", { type: "button" }, known.words.insist.replace("{word}", () => state.query));
    instead.addEventListener("click", () => { insisted = state.query; run(0); ui.input.focus(); });
    ui.note.replaceChildren(known.words.corrected.replace("{word}", () => better), " ", instead);
  };

  const present = (known, { query, total, results, message }, narrowed) => {
    note(known, query === asked ? "" : query, message);
    ui.draw(results, known, { query, total });
    const { words } = known;
    if (!total) ui.status.textContent = narrowed ? words.none_narrowed : words.none;
    else ui.status.textContent = counted(known, total) + (query ? "" : ` · ${words.latest}`);
  };

  const look = async (push) => {
    const mine = ++turn;
    const late = () => mine !== turn;
    ui.changed?.(push, address);
    let waiting;
    try {
      const known = await facts();
      if (late()) return;
      fields(known);
      reflect();
      const narrowed = Object.keys(state.chosen).length > 0;
      if (!state.query && !narrowed) {
        show(known);
        note(known);
        ui.draw([], known, { total: 0 });
        ui.status.textContent = known.words.type;
        return;
      }
      waiting = setTimeout(() => { if (!late()) ui.status.textContent = known.words.loading; }, 250);
      const load = async (query) => {
        const results = await ask(query, state.chosen, known);
        return { query, total: results.length, results: await Promise.all(results.slice(0, state.limit).map((result) => result.data())) };
      };
      // What is presented has been found, however long its counts may take.
      const tell = (answer) => { clearTimeout(waiting); present(known, answer, narrowed); };
      const nothing = { query: state.query, total: 0, results: [] };
      asked = insisted === state.query ? state.query : await telling(state.query);
      let answer = await load(asked);
      if (late()) return;
      const begun = insisted === state.query || answer.total > ENOUGH ? [] : unfinished(asked, answer.results);
      if (begun.length) {
        const { finished } = await import("./spelling.js");
        const whole = await finished(asked, begun, at("search/words.txt"));
        const { length } = whole === asked ? [] : await ask(whole, state.chosen, known);
        if (length > answer.total || (length && !holds(answer.results, begun))) [asked, answer] = [whole, await load(whole)];
        if (late()) return;
      }
      const doubtful = insisted === state.query ? [] : notFound(asked, answer.results);
      if (doubtful.length) {
        const { corrected } = await import("./spelling.js");
        const better = await corrected(asked, doubtful, at("search/words.txt"));
        answer = better === asked ? answer : await load(better);
        if (late()) return;
        if (notFound(better, answer.results).length) answer = nothing;
        // The words of a name that nobody wrote out: `reference-library`.
        const apart = asked.replace(/(?<=\p{L})[-_](?=\p{L})/gu, " ");
        const wider = answer === nothing && apart !== asked ? await load(apart) : nothing;
        if (late()) return;
        if (wider.total && !notFound(apart, wider.results).length) answer = wider;
      }
      if (answer.total) tell(answer);
      if (!answer.total && insisted !== state.query && /\s/.test(state.query)) {
        const query = await fewer(asked, state.chosen, known);
        if (late()) return;
        if (query) answer = { ...await load(query), message: known.words.fewer };
        if (late()) return;
      }
      if (!answer.total || answer.message) tell(answer);
      // They take as much to load as all else together: in the header they wait until somebody turns to the filters.
      // Where words were left out to find something, another choice may hold them all: how many it leaves is not known.
      const counts = answer === nothing ? {} : counting && !answer.message ? await count(answer.query, state.chosen, known, ui.whole) : null;
      if (!late()) show(known, counts);
    } catch (error) {
      if (!late()) ui.status.textContent = box.dataset.amBroken;
      throw error;
    } finally {
      clearTimeout(waiting);
    }
  };

  const run = (wait, push = false) => {
    clearTimeout(timer);
    timer = wait ? setTimeout(run, wait, 0) : undefined;
    if (!wait) running = look(push);
  };

  for (const turned of ["pointerenter", "focusin"]) {
    ui.facets.addEventListener(turned, () => {
      if (!counting && (counting = true)) run(0);
    });
  }
  // Letters are waited for; what comes all at once, pasted or dictated, is whole.
  ui.input.addEventListener("input", () => {
    const query = ui.input.value.trim();
    const typing = Math.abs(query.length - state.query.length) < 2;
    state.query = query;
    state.limit = ui.limit;
    run(typing ? 120 : 0);
  });
  return {
    address, run, state,
    // What was typed last is looked for now, if it was not yet; resolves when its results stand there.
    settled: () => { if (timer) run(0); return running; },
    set: (query, chosen) => { state.query = query; state.chosen = chosen; ui.input.value = query; },
    more: () => { state.limit += ui.limit; run(0); },
  };
};

// A result ------------------------------------------------------------------------------------------------------------

const label = (known, facet, value) => known.facets.find(({ name }) => name === facet).values.find(([own]) => own === value)?.[1] ?? value;

// What was found is marked there, in the forms in which it stands on that page.
const link = (url, query, result) => {
  const target = new URL(url, location);
  if (query && box.hasAttribute("data-am-mark")) {
    const asked = wordsOf(query), forms = [...foundIn([result])[0]].filter((form) => asked.some((word) => formOf(form, word)));
    target.searchParams.set("h", [...new Set([...query.split(/\s+/), ...forms])].slice(0, 12).join(" "));
  }
  return target.href;
};

const factsOf = ({ filters, meta }, known) => {
  const day = meta.day && new Date(`${meta.day}T00:00Z`);
  const [severity] = filters.severity ?? [], [kind] = filters.kind;
  return el("p", { class: "am-hit__facts" },
    severity && el("span", { class: `am-badge am-badge--${severity}` }, label(known, "severity", severity)),
    kind !== "incident" && el("span", { class: "am-badge am-badge--quiet" }, known.kinds[kind]),
    day && el("time", { datetime: meta.day }, day.toLocaleDateString(language, { dateStyle: "medium", timeZone: "UTC" })),
    filters.service && el("span", {}, filters.service.map((value) => label(known, "service", value)).join(", ")),
    filters.state && kind !== "plan" && el("span", {}, label(known, "state", filters.state[0])));
};

// Where on the page it was found: the sections with most hits, in the page's order; the page itself where it is none.
const placesOf = (result, most) => {
  const sections = result.sub_results.filter((part) => part.anchor && part.anchor.element !== "h1");
  const chosen = [...sections].sort((a, b) => b.weighted_locations.length - a.weighted_locations.length).slice(0, most);
  return sections.filter((part) => chosen.includes(part));
};

// In the header: a combobox with the results as its options -------------------------------------------------------------

export const header = () => {
  const [input, list, toggle] = [box.querySelector("input"), box.querySelector("[role=listbox]"), document.getElementById("__search")];
  const all = box.querySelector(".am-search__all");
  const options = () => [...list.querySelectorAll("[role=option]")];
  let current = -1;

  const choose = (number) => {
    const every = options();
    every[current]?.setAttribute("aria-selected", "false");
    current = every.length ? (number + every.length + 1) % (every.length + 1) : -1;
    if (current === every.length) current = -1;
    every[current]?.setAttribute("aria-selected", "true");
    every[current]?.scrollIntoView({ block: "nearest" });
    if (current < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", every[current].id);
  };

  const option = (id, url, ...children) =>
    el("a", { role: "option", id: `am-option-${id}`, href: url, tabindex: -1, "aria-selected": "false", class: "md-search-result__link am-hit" }, ...children);

  const draw = (results, known, { query, total }) => {
    let id = 0;
    list.replaceChildren(...results.map((result) => {
      const places = placesOf(result, 2);
      const name = el("span", { class: "am-hit__title" }, result.meta.title);
      return el("div", { role: "group", "aria-label": result.meta.title, class: "md-search-result__item md-typeset" },
        option(id++, link(result.url, query, result), name, factsOf(result, known), !places.length && query && excerpt(result.excerpt)),
        ...places.map((place) => option(id++, link(place.url, query, result), el("span", { class: "am-hit__place" }, place.title), excerpt(place.excerpt))));
    }));
    input.setAttribute("aria-expanded", String(results.length > 0));
    current = -1;
    input.removeAttribute("aria-activedescendant");
    all.hidden = false;
    all.textContent = known.words.all + (total > results.length ? ` (${number(total)})` : "");
    all.href = search.address(searchPage);
  };

  const search = finder({
    input, list, draw, limit: 6, facets: box.querySelector(".am-search__facets"), status: box.querySelector("[role=status]"),
    note: box.querySelector(".am-search__note"),
  });

  const leave = () => { if (toggle.checked) toggle.click(); };
  box.querySelector("form").addEventListener("reset", () => { search.set("", {}); search.run(0); setTimeout(() => input.focus()); });
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!search.state.query) return;
    await search.settled();
    options()[Math.max(current, 0)]?.click();
  });
  box.addEventListener("keydown", (event) => {
    if (event.target !== input || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choose(current < 0 && step < 0 ? options().length - 1 : current + step);
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && current >= 0) {
      event.preventDefault();
      window.open(options()[current].href, "_blank", "noopener");
    }
  });
  box.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !box.contains(relatedTarget)) leave(); });
  list.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey) leave(); });
  search.set(input.value.trim(), {});
  search.run(0);
};

// On a page of its own: a list, with an address that carries query and filters ----------------------------------------------

export const page = (place) => {
  const [input, list, more] = [place.querySelector("input"), place.querySelector("ol"), place.querySelector(".am-find__more")];
  const draw = (results, known, { query, total = 0 }) => {
    const focused = list.childElementCount;
    list.replaceChildren(...results.map((result) => {
      const places = placesOf(result, 3);
      return el("li", { class: "am-find__hit" }, el("h2", {}, el("a", { href: link(result.url, query, result) }, result.meta.title)), factsOf(result, known),
        !places.length && query && excerpt(result.excerpt),
        places.length && el("ul", { class: "am-hit__places" }, ...places.map((part) =>
          el("li", {}, el("a", { href: link(part.url, query, result) }, part.title), excerpt(part.excerpt)))));
    }));
    const asked = document.activeElement === more;
    more.hidden = results.length >= total;
    if (asked) list.children[focused]?.querySelector("a").focus();
  };
  const search = finder({
    input, list, draw, limit: 12, whole: true, facets: place.querySelector(".am-search__facets"), status: place.querySelector("[role=status]"),
    note: place.querySelector(".am-search__note"),
    changed: (push, address) => {
      const url = address(location).href;
      if (url !== location.href.split("#")[0]) history[push ? "pushState" : "replaceState"](history.state, "", url);
    },
  });
  const restore = async () => {
    const given = new URLSearchParams(location.search), before = input.value;
    const known = await facts().catch(() => ({ facets: [] }));
    if (input.value !== before) return; // who types meanwhile asks for something else
    search.set(given.get("q") ?? "", Object.fromEntries(known.facets.filter(({ name, values }) =>
      values.some(([value]) => value === given.get(name))).map(({ name }) => [name, given.get(name)])));
    search.run(0);
  };
  more.addEventListener("click", search.more);
  place.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); search.run(0, true); });
  window.addEventListener("popstate", () => { if (place.isConnected) restore(); });
  place.hidden = false;
  restore();
};
