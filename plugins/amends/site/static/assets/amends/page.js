// The search on a page of its own: a list, with an address that carries query and filters.
import { facts } from "./answers.js";
import { el, excerpt, factsOf, finder, link, placesOf } from "./finder.js";

export const start = (place) => {
  const [input, list, more] = [place.querySelector("input"), place.querySelector("ol"), place.querySelector(".am-find__more")];
  const draw = ({ asked, all: { length: total }, results }, known) => {
    const focused = list.childElementCount;
    list.replaceChildren(...results.map((result) => {
      const places = placesOf(result, 3);
      return el("li", { class: "am-find__hit" }, el("h2", {}, el("a", { href: link(result.url, asked, result) }, result.title)), factsOf(result, known),
        !places.length && asked && excerpt(result.excerpt),
        places.length && el("ul", { class: "am-hit__places" }, ...places.map((part) =>
          el("li", {}, el("a", { href: link(part.url, asked, result) }, part.title), excerpt(part.excerpt)))));
    }));
    const further = document.activeElement === more;
    more.hidden = results.length >= total;
    if (further) list.children[focused]?.querySelector("a").focus();
  };
  // Whether somebody asked for what the address says, and may come back to it: what is typed then has an entry of its own in the history.
  let kept = false;
  const search = finder({
    input, list, draw, limit: 12, whole: true, hint: "begin", facets: place.querySelector(".am-search__facets"), status: place.querySelector("[role=status]"),
    note: place.querySelector(".am-search__note"),
    changed: (push, address) => {
      const url = address(location).href;
      if (url === location.href.split("#")[0]) kept ||= push;
      else {
        history[push || kept ? "pushState" : "replaceState"](history.state, "", url);
        kept = push;
      }
    },
  });
  const restore = async () => {
    const given = new URLSearchParams(location.search), before = input.value;
    const known = await facts().catch(() => ({ facets: [] }));
    if (input.value !== before) return; // who types meanwhile asks for something else
    search.set(given.get("q") ?? "", Object.fromEntries(known.facets.filter(({ name, values }) => values.length && given.get(name))
      .map(({ name }) => [name, given.get(name)])));
    search.run(0);
  };
  more.addEventListener("click", search.more);
  place.querySelector("form").addEventListener("submit", (event) => { event.preventDefault(); search.run(0, true); });
  window.addEventListener("popstate", () => { if (place.isConnected) restore(); });
  place.hidden = false;
  restore();
};
