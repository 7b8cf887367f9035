// One search as readers see it, in the header or on a page of its own: what is typed and chosen, and what is said of what was found. What
// that is, `answers.js` finds out; how results are drawn, `header.js` and `page.js` know.
import { answer, facts, grouped, marked } from "./answers.js";

const box = document.querySelector("[data-am-search]");

// A day as the site writes it, by the one of its month that it brings: the browser's own formats take as long to make as the index to load.
const written = (day, { days }) => {
  const [year, month, date] = day.split("-");
  return days[month - 1].replace("28", Number(date)).replace("1999", year);
};

export const el = (tag, attributes, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) element.setAttribute(name, value);
  element.append(...children.filter(Boolean));
  return element;
};

// An excerpt is text in which `<`, `>` are escaped and what was found stands in marks.
export const excerpt = (html) => el("p", { class: "am-hit__line" }, ...html.split(/<mark>(.*?)<\/mark>/).map((text, number) => {
  const plain = text.replace(/&lt;/g, "<").replace(/&gt;/g, ">");
  return number % 2 ? el("mark", {}, plain) : plain;
}));

const counted = ({ results, language }, count) =>
  (results[new Intl.PluralRules(language).select(count)] ?? results.other).replace("{number}", grouped(count));

// Asking and telling --------------------------------------------------------------------------------------------------

export const finder = (ui) => {
  let looking = new AbortController(), timer, running, insisted = "", counting = ui.whole;
  const state = { query: "", chosen: {}, limit: ui.limit };

  const fields = (known) => {
    if (ui.facets.childElementCount) return;
    ui.facets.setAttribute("aria-label", known.words.narrow);
    for (const { name, label, values } of known.facets) {
      if (!values.length) continue;
      const select = el("select", { name, "aria-label": label }, el("option", { value: "" }, label),
        ...values.map(([value, text, total]) => el("option", { value }, `${text} (${grouped(total)})`)));
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
      const { values } = known.facets.find((facet) => facet.name === select.name), own = counts?.[select.name] ?? {};
      for (const option of select.options) {
        const { value } = option;
        if (!value) continue;
        const [, text, total] = values.find(([known]) => known === value) ?? [value, value, 0];
        const left = counts === undefined ? total : !counts || value in own ? own[value] : 0;
        option.textContent = left === undefined ? text : `${text} (${grouped(left)})`;
        option.disabled = option.hidden = left === 0 && value !== select.value;
      }
    }
  };

  const reflect = () => {
    for (const select of ui.facets.querySelectorAll("select")) {
      const own = state.chosen[select.name] ?? "";
      select.value = own;
      // What a link asks for, and nothing has.
      if (select.value !== own) select.append(el("option", { value: own, selected: "" }, own));
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

  const note = (known, { asked, instead }) => {
    ui.note.hidden = !instead;
    if (!instead) return;
    ui.note.replaceChildren(instead.words.replace("{word}", () => asked));
    if (!instead.insist) return;
    const insist = el("button", { type: "button" }, known.words.insist.replace("{word}", () => state.query));
    insist.addEventListener("click", () => { insisted = state.query; run(0); ui.input.focus(); });
    ui.note.append(" ", insist);
  };

  const present = (known, found, narrowed) => {
    note(known, found);
    ui.draw(found, known);
    const { words } = known;
    if (!found.all.length) ui.status.textContent = narrowed ? words.none_narrowed : words.none;
    else ui.status.textContent = counted(known, found.all.length) + (found.asked || !found.results[0].meta.day ? "" : ` · ${words.latest}`);
  };

  const look = async (push, typing) => {
    looking.abort();
    const { signal } = looking = new AbortController();
    ui.changed?.(push, address);
    let waiting;
    try {
      const known = await facts();
      signal.throwIfAborted();
      const narrowed = Object.keys(state.chosen).length > 0;
      const answering = state.query || narrowed ? answer({ ...state }, { literally: insisted === state.query, typing }, known, signal) : undefined;
      fields(known);
      reflect();
      if (!answering) {
        show(known);
        note(known, {});
        ui.draw({ asked: "", all: [], results: [] }, known);
        ui.status.textContent = known.words[ui.hint];
        return;
      }
      waiting = setTimeout(() => { if (!signal.aborted) ui.status.textContent = known.words.loading; }, 250);
      const found = await answering;
      // What was found is presented, however long its counts may take.
      clearTimeout(waiting);
      present(known, found, narrowed);
      // They take as much to load as all else together: in the header they wait until somebody turns to the filters.
      const untold = !counting || found.uncounted;
      const counts = !found.all.length && !narrowed ? {} : untold ? null
        : await (await import("./counts.js")).count(found.asked, state.chosen, known, ui.whole, signal);
      if (!signal.aborted) show(known, counts);
    } catch (error) {
      if (signal.aborted) return;
      ui.status.textContent = box.dataset.amBroken;
      throw error;
    } finally {
      clearTimeout(waiting);
    }
  };

  // Whoever is waited for is typing.
  const run = (wait, push = false, typing = false) => {
    clearTimeout(timer);
    timer = wait ? setTimeout(run, wait, 0, push, true) : undefined;
    if (!wait) running = look(push, typing);
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
    Object.assign(state, { query, limit: ui.limit });
    run(typing ? 120 : 0);
  });
  return {
    address, run, state,
    // What was typed last is looked for now, if it was not yet; resolves when its results stand there.
    settled: () => { if (timer) run(0); return running; },
    set: (query, chosen) => { state.query = query.trim(); state.chosen = chosen; ui.input.value = query; },
    more: () => { state.limit += ui.limit; run(0); },
  };
};

// A result ------------------------------------------------------------------------------------------------------------

const label = (known, facet, value) => known.facets.find(({ name }) => name === facet).values.find(([own]) => own === value)?.[1] ?? value;

export const link = (url, asked, result) => {
  const target = new URL(url, location);
  if (asked && box.hasAttribute("data-am-mark")) target.searchParams.set("h", marked(asked, result));
  return target.href;
};

export const factsOf = ({ filters, meta }, known) => {
  const [severity] = filters.severity ?? [], [kind] = filters.kind;
  return el("p", { class: "am-hit__facts" },
    severity && el("span", { class: `am-badge am-badge--${severity}` }, label(known, "severity", severity)),
    kind !== "incident" && el("span", { class: "am-badge am-badge--quiet" }, known.kinds[kind]),
    meta.day && el("time", { datetime: meta.day }, written(meta.day, known)),
    filters.service && el("span", {}, filters.service.map((value) => label(known, "service", value)).join(", ")),
    filters.state && kind !== "plan" && el("span", {}, label(known, "state", filters.state[0])));
};

// Where on the page it was found: the sections of which a line tells most of what was asked for, else those with most hits, in the page's
// order; the page itself where it is none.
export const placesOf = (result, most) => {
  const sections = result.sub_results.filter((part) => part.anchor && part.anchor.element !== "h1");
  const chosen = [...sections].sort((a, b) => (b.telling ?? 0) - (a.telling ?? 0) || b.weighted_locations.length - a.weighted_locations.length).slice(0, most);
  return sections.filter((part) => chosen.includes(part));
};
