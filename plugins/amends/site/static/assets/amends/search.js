// The way to the search: the box in the header opens at `/`, `s`, `f` or a touch, and what searches is loaded only then.
// On a page that was found, what was asked for is marked.
"use strict";
(() => {
  const box = document.querySelector("[data-am-search]");
  if (!box) return;
  const input = box.querySelector("input");
  const toggle = document.getElementById("__search");
  const folder = document.currentScript.src;

  // All at once, and not each when the one before it asks for it.
  const modules = (what) => [what, "finder", "answers"].map((name) => new URL(`${name}.js`, folder).href);

  // Where no server answers, a browser loads neither modules nor an index.
  const load = async (what, place) => {
    const tell = (why) => {
      (place ?? box).querySelector("[role=status]").textContent = why;
      place?.querySelector("form").remove();
      place?.removeAttribute("hidden");
    };
    if (location.protocol === "file:") return tell(box.dataset.amFromDisk);
    import(new URL("../../search/pages/pagefind.js", folder).href).catch(() => {}); // `answers.js` would ask for it only when it has come itself
    await Promise.all(modules(what).map((module) => import(module))).then(([first]) => first.start(place), () => tell(box.dataset.amBroken));
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
  const close = () => { if (toggle.checked) toggle.click(); };
  box.addEventListener("focusout", ({ relatedTarget }) => { if (relatedTarget && !box.contains(relatedTarget)) close(); });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    document.activeElement.blur();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !["/", "s", "f"].includes(event.key)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  const start = () => {
    const place = document.querySelector(".am-find[hidden]");
    if (place) load("page", place);
    if (new URLSearchParams(location.search).has("h") && box.hasAttribute("data-am-mark")) import(new URL("mark.js", folder).href).then(({ mark }) => mark());
  };
  if (window.document$) window.document$.subscribe(start);
  else document.addEventListener("DOMContentLoaded", start);
})();
