// Narrows lists to what a reader asks for, marks what is overdue on the day of reading, and prints one plan. Without this
// script the whole list stands on the page.
"use strict";
(() => {
  // A message of the page, with what it leaves open.
  const filled = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);

  const number = (count) => count.toLocaleString(document.documentElement.lang || undefined);

  // A screen reader speaks whatever is set there, also what stands there already.
  const tellOnce = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  // What an entry of a list leads to further down on the page is shown and hidden with it.
  const ledTo = (item) => (item.dataset.leads ? document.getElementById(item.dataset.leads) : null);

  // The order in which the entries of a list were written.
  const written = new WeakMap();

  const made = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  // What stands below the filters: by what the list is narrowed, on paper; that nothing is left; the way to the search; and where else it is told of.
  const below = new WeakMap();
  const belowOf = (form) => {
    if (!below.has(form)) {
      const parts = {
        narrowed: made("p", { className: "am-narrowed", hidden: true }), nothing: made("p", { className: "am-empty am-nothing", hidden: true }),
        wider: made("p", { className: "am-wider", hidden: true }), elsewhere: made("div", { className: "am-others", hidden: true }), forAll: made("p", { className: "am-for-all", hidden: true }),
      };
      form.after(...Object.values(parts));
      below.set(form, parts);
    }
    return below.get(form);
  };

  // Writes into a field what a link asks for, and be it what nothing has.
  const choose = (field, value) => {
    if (field.options && ![...field.options].some((option) => option.value === value)) field.append(made("option", { value, textContent: `${value} (${number(0)})` }));
    if (value && field.options) field.closest("label").hidden = false;
    field.value = value;
  };

  // What was chosen in a field, in its words, without how many entries have it.
  const chosenIn = (form, [facet, value]) => {
    const field = form.elements.namedItem(facet);
    if (!field.options) return filled(form.dataset.word, { word: value.trim() });
    return `${field.closest("label").firstChild.textContent}: ${field.selectedOptions[0].textContent.replace(/\s*\([^()]*\)$/, "")}`;
  };

  const showOthers = (place, others, list) => {
    place.hidden = !others.length;
    // A field that is left is read once more; the link that it is left for must stay where it is.
    const same = others.map(({ href }) => href).join(" ");
    if (place.dataset.shown === same) return;
    place.dataset.shown = same;
    place.replaceChildren(made("p", { textContent: list.dataset.othersTold }), made("ul", { className: "am-neighbours" }, ...others.map(({ title, href, day }) =>
      made("li", {}, made("a", { href, textContent: title }), " ", made("span", { className: "am-quiet", textContent: day })))));
  };

  // The way to the search of the whole site, which knows more words, and misspelt ones.
  const showWider = (place, form, question) => {
    const page = document.querySelector("[data-am-page]")?.dataset.amPage;
    place.hidden = !page || !question || location.protocol === "file:";
    if (place.hidden) return;
    const words = filled(form.dataset.word, { word: question });
    place.replaceChildren(made("a", { href: `${page}?${new URLSearchParams({ q: question })}`, textContent: filled(form.dataset.wider, { words }) }));
  };

  // How many entries each value of a menu would leave; one that would leave none is not offered.
  const count = (field, entries) => {
    const counts = new Map();
    for (const token of entries.flatMap((entry) => entry.dataset.facets.split(" "))) counts.set(token, (counts.get(token) ?? 0) + 1);
    for (const option of field.options) {
      if (!option.value) continue;
      const left = counts.get(`${field.name}:${option.value}`) ?? 0;
      option.textContent = option.textContent.replace(/\([^()]*\)$/, `(${number(left)})`);
      option.hidden = option.disabled = !left && !option.selected;
    }
  };

  // What is meant for all values of a facet is a link away when one of them was chosen.
  const showForAll = (place, form, asked, having, left) => {
    const meant = asked.filter(([facet]) => having([`for-all:${facet}`]).length);
    const others = asked.filter((one) => !meant.includes(one));
    const more = meant.length ? having([...others.map(([facet, value]) => `${facet}:${value}`), `for-all:${meant[0][0]}`]).filter((item) => !left.has(item)).length : 0;
    place.hidden = !more;
    place.replaceChildren(made("a", { href: `?${new URLSearchParams(others)}`, textContent: filled(form.dataset.forAll ?? "", { n: number(more) }) }));
  };

  const narrow = (form, remember, ask) => {
    const asked = [...new FormData(form)].filter(([, value]) => value.trim());
    const tokens = asked.filter(([facet]) => facet !== "words").map(([facet, value]) => `${facet}:${value}`);
    const question = form.elements.namedItem("words")?.value ?? "";
    const list = document.getElementById(form.dataset.list);
    if (!written.has(list)) written.set(list, [...list.querySelectorAll("[data-facets]")]);
    const items = written.get(list);
    const having = (wanted) => items.filter((item) => {
      const own = item.dataset.facets.split(" ");
      return wanted.every((token) => own.includes(token));
    });
    const answered = (some) => ask?.(question, some, list, ledTo) ?? { found: some, others: [] };
    const chosen = having(tokens);
    const answer = answered(chosen), { found, others } = answer;
    const left = new Set(found);
    for (const field of form.querySelectorAll("select")) {
      count(field, field.value ? answered(having(tokens.filter((token) => !token.startsWith(`${field.name}:`)))).found : found);
    }
    for (const item of items) {
      const more = ledTo(item);
      item.hidden = !left.has(item);
      if (more) more.hidden = item.hidden;
    }
    if (form.elements.namedItem("words")) {
      const order = question.trim() ? found : items, shown = [...list.querySelectorAll("[data-facets]")];
      // What is moved loses its place on the screen, and be it to where it stood.
      if (order.some((item, place) => item !== shown[place])) {
        list.append(...order);
        list.after(...order.map(ledTo).filter(Boolean));
      }
    }
    for (const group of list.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-facets]:not([hidden])");
    }
    const told = filled(form.dataset.told, { n: number(found.length), all: number(items.length) });
    tellOnce(form.querySelector("output"), ask ? window.amendsTell(form.dataset, answer, told) : told);
    const { narrowed, nothing, wider, elsewhere, forAll } = belowOf(form);
    narrowed.textContent = `${filled(form.dataset.narrowed, { filters: asked.map((one) => chosenIn(form, one)).join(" · ") })} · ${told}`;
    narrowed.hidden = !asked.length;
    nothing.textContent = chosen.length && question.trim() ? filled(form.dataset.untold, { words: filled(form.dataset.word, { word: question.trim() }) }) : form.dataset.none;
    nothing.hidden = found.length > 0;
    showWider(wider, form, answer.near || !found.length ? question.trim() : "");
    showOthers(elsewhere, others, list);
    showForAll(forAll, form, asked, having, left);
    for (const part of document.querySelectorAll("[data-whole]")) {
      if (part.dataset.whole === list.id) part.hidden = asked.length > 0;
    }
    form.querySelector("button").hidden = !asked.length;
    if (remember) {
      const address = new URL(location);
      address.search = new URLSearchParams(asked);
      if (address.href !== location.href) history[remember](history.state, "", address);
    }
  };

  const dayOf = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");

  // Only a page that needs a part of this pays for it. From disk a browser runs a script, but loads no module.
  const run = (src) => new Promise((done, broken) => {
    document.head.append(made("script", { src, onload: done, onerror: () => broken(new Error(`${src} could not be loaded`)) }));
  });
  const from = document.currentScript?.src;
  const parts = new Map();
  const part = (name) => {
    if (!parts.has(name)) parts.set(name, run(new URL(name, from)));
    return parts.get(name);
  };

  const useLists = async () => {
    const tables = [...document.querySelectorAll("table.am-register")].filter((table) => table.querySelector("th[data-sort]"));
    if (!tables.length) return;
    await part("register.js");
    const { browse, sortable } = window.amendsRegister;
    document.querySelectorAll(".am-browse").forEach((view) => browse(view, { choose, chosenIn, run }));
    tables.filter((table) => !table.closest(".am-browse")).forEach(sortable);
  };

  const useFilters = async (form) => {
    const words = form.elements.namedItem("words");
    const restore = () => {
      const given = new URLSearchParams(location.search);
      for (const field of form.querySelectorAll("[name]")) choose(field, given.get(field.name) ?? "");
    };
    restore();
    form.hidden = false;
    if (words) await part("questions.js");
    const ask = words && window.amendsAsk;
    form.addEventListener("change", ({ target }) => { if (target !== words) narrow(form, "pushState", ask); });
    words?.addEventListener("input", () => narrow(form, "replaceState", ask));
    form.addEventListener("submit", (event) => event.preventDefault());
    const output = form.querySelector("output");
    output.tabIndex = -1;
    form.addEventListener("reset", () => setTimeout(() => {
      narrow(form, "pushState", ask);
      output.focus(); // the button that was pressed is hidden
    }));
    addEventListener("popstate", function back() {
      if (!form.isConnected) removeEventListener("popstate", back);
      restore();
      narrow(form, undefined, ask);
    });
    narrow(form, undefined, ask);
  };

  // An entry that has a value of a facet gets another one.
  const move = (entry, facet, value) => {
    if (entry) entry.dataset.facets = entry.dataset.facets.split(" ").map((token) => (token.startsWith(`${facet}:`) ? `${facet}:${value}` : token)).join(" ");
  };

  const isOverdue = (entry) => entry.dataset.facets.split(" ").includes("due:overdue");

  // How many entries of a list are overdue; what is overdue comes first in its part of the list.
  const countOverdue = (line, today) => {
    const list = document.getElementById(line.dataset.of);
    for (const group of list.querySelectorAll("[data-group]")) {
      const entries = [...group.querySelectorAll("[data-facets]")];
      entries[0]?.before(...entries.filter(isOverdue));
    }
    const count = [...list.querySelectorAll("[data-facets]")].filter(isOverdue).length;
    line.replaceChildren(count ? made("a", { href: `?due=overdue#${list.id}`, textContent: filled(line.dataset.told, { n: number(count) }) }) : line.dataset.none);
    line.classList.add("am-told");
  };

  // What the day of reading decides: which days are past, how old something is, and by which of these an entry is found.
  const useDays = () => {
    const today = dayOf(new Date());
    for (const due of document.querySelectorAll("[data-due]")) {
      const overdue = due.dataset.due < today;
      due.classList.toggle("am-overdue", overdue);
      due.classList.toggle("am-due-today", due.dataset.due === today);
      move(due.closest("[data-facets]"), "due", overdue ? "overdue" : "later");
      const word = due.closest("[data-overdue]")?.dataset.overdue;
      if (overdue && word && !due.querySelector(".am-overdue-word")) due.append(made("span", { className: "am-overdue-word", textContent: ` · ${word}` }));
    }
    const ages = [...document.querySelectorAll("select[name=age] option")].filter(({ value }) => value);
    for (const age of document.querySelectorAll("[data-since]")) {
      const days = Math.floor((Date.now() - new Date(age.dataset.since)) / 86_400_000);
      const length = new Intl.NumberFormat(age.lang, { style: "unit", unit: "day", unitDisplay: "long" }).format(days);
      if (days > 0) age.textContent = filled(age.dataset.for, { length });
      const reached = ages.filter(({ value }) => Number(value) <= Math.max(days, 0));
      if (reached.length) move(age.closest("[data-facets]"), "age", reached.at(-1).value);
    }
    for (const line of document.querySelectorAll(".am-overdue-count")) countOverdue(line, today);
  };

  // Keys stop at what is too wide, where it is.
  const wide = new ResizeObserver((parts) => {
    for (const { target } of parts) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  const useWide = () => {
    for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
      table.setAttribute("role", "region");
      const above = [...document.querySelectorAll("article :is(h1, h2, h3, h4)[id]")].filter((heading) => heading.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING);
      if (above.length) table.setAttribute("aria-labelledby", above.at(-1).id);
    }
    for (const part of document.querySelectorAll(".am-scroll, .md-typeset__scrollwrap")) wide.observe(part);
  };

  const start = () => {
    useLists();
    useWide();
    useDays(); // before the filters, which go by it
    document.querySelectorAll("form.am-filters[data-list][hidden]").forEach(useFilters);
    for (const chart of document.querySelectorAll(".am-chart .am-scroll")) chart.scrollLeft = chart.scrollWidth; // at the newest
    for (const button of document.querySelectorAll(".am-print[hidden]")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const card = button.closest("article.am-again");
        const done = () => [card, document.documentElement].forEach((element) => element.classList.remove("am-printed"));
        [card, document.documentElement].forEach((element) => element.classList.add("am-printed"));
        addEventListener("afterprint", done, { once: true });
        print();
      });
    }
    const tools = document.querySelectorAll("form.am-tools[hidden]");
    if (tools.length) part("ticks.js").then(() => tools.forEach((form) => window.amendsTicks(form, filled, dayOf)));
  };

  document.querySelector(".md-dialog")?.setAttribute("role", "status"); // in which the theme says that code was copied

  const menu = matchMedia("(max-width: 76.234375em)");
  if (menu.matches) part("drawer.js");
  else menu.addEventListener("change", () => part("drawer.js"), { once: true });

  if (window.document$) window.document$.subscribe(start);
  else document.addEventListener("DOMContentLoaded", start);
})();
