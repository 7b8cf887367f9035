// The way to the search: the box in the header opens at `/`, `s`, `f` or a touch, and what searches is loaded only then.
// On a page that was found, what was asked for is marked.
"use strict";
(() => {
  const box = document.querySelector("[data-am-search]");
  if (!box) return;
  const input = box.querySelector("input");
  const toggle = document.getElementById("__search");
  const modules = ["finder.js", "answers.js"].map((name) => new URL(name, document.currentScript.src).href);

  // Where no server answers, a browser loads neither modules nor an index.
  const load = async (what, place) => {
    const tell = (why) => {
      (place ?? box).querySelector("[role=status]").textContent = why;
      place?.querySelector("form").remove();
      place?.removeAttribute("hidden");
    };
    if (location.protocol === "file:") tell(box.dataset.amFromDisk);
    else await Promise.all(modules.map((module) => import(module))).then(([finder]) => finder[what](place), () => tell(box.dataset.amBroken));
  };

  let loading, loaded = false;
  const open = () => {
    if (!toggle.checked) toggle.click();
    loading ??= load("header").then(() => { loaded = true; });
  };
  // Who types faster than the search loads is answered by it all the same.
  const form = box.querySelector("form");
  form.addEventListener("submit", (event) => {
    if (loaded || location.protocol === "file:") return;
    event.preventDefault();
    open();
    loading.then(() => form.requestSubmit());
  });
  input.addEventListener("focus", open);
  toggle.addEventListener("change", () => { if (toggle.checked) input.focus(); });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (toggle.checked) toggle.click();
    document.activeElement.blur();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  // The words are painted, without a change to the page ----------------------------------------------------

  const mark = () => {
    const asked = new URLSearchParams(location.search).get("h");
    if (!asked || !window.Highlight || !box.hasAttribute("data-am-mark")) return;
    const words = asked.split(/\s+/).filter((word) => word.length > 2).map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
    if (!words.length) return;
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})`, "giu");
    const walker = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      for (const match of walker.currentNode.data.matchAll(pattern)) {
        const range = new Range();
        range.setStart(walker.currentNode, match.index);
        range.setEnd(walker.currentNode, match.index + match[0].length);
        found.push(range);
      }
    }
    CSS.highlights.set("am-found", new Highlight(...found));
  };

  const start = () => {
    const place = document.querySelector(".am-find[hidden]");
    if (place) load("page", place);
    mark();
  };
  if (window.document$) window.document$.subscribe(start);
  else document.addEventListener("DOMContentLoaded", start);
})();
