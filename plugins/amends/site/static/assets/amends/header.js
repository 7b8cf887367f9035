// The search in the header: a combobox with the results as its options.
import { grouped } from "./answers.js";
import { el, excerpt, factsOf, finder, link, placesOf } from "./finder.js";

const box = document.querySelector("[data-am-search]");

export const start = () => {
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

  const draw = ({ asked, all: { length: total }, results }, known) => {
    let id = 0;
    list.replaceChildren(...results.map((result) => {
      const places = placesOf(result, 2);
      const name = el("span", { class: "am-hit__title" }, result.title);
      return el("div", { role: "group", "aria-label": result.title, class: "md-search-result__item md-typeset" },
        option(id++, link(result.url, asked, result), name, factsOf(result, known), !places.length && asked && excerpt(result.excerpt)),
        ...places.map((place) => option(id++, link(place.url, asked, result), el("span", { class: "am-hit__place" }, place.title), excerpt(place.excerpt))));
    }));
    input.setAttribute("aria-expanded", String(results.length > 0));
    current = -1;
    input.removeAttribute("aria-activedescendant");
    all.hidden = false;
    all.textContent = known.words.all + (total > results.length ? ` (${grouped(total)})` : "");
    all.href = search.address(new URL(box.dataset.amPage, location));
  };

  const search = finder({
    input, list, draw, limit: 6, hint: "type", facets: box.querySelector(".am-search__facets"), status: box.querySelector("[role=status]"),
    note: box.querySelector(".am-search__note"),
  });

  // What is hidden is not expanded, and nothing in it is chosen.
  toggle.addEventListener("change", () => {
    choose(-1);
    input.setAttribute("aria-expanded", String(toggle.checked && options().length > 0));
  });
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
  list.addEventListener("click", (event) => { if (!event.ctrlKey && !event.metaKey && toggle.checked) toggle.click(); });
  search.set(input.value.trim(), {});
  search.run(0);
};
