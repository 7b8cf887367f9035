// The menu of a narrow screen, which the theme opens by a label that no key reaches, and closes by moving it beside the screen, where keys still
// go: here the label is a button, and keys reach of the menu what is seen of it. Loaded by `amends.js` where the screen is narrow.
"use strict";
(() => {
  const narrow = matchMedia("(max-width: 76.234375em)");
  const toggle = document.getElementById("__drawer");
  const button = document.querySelector("label.md-header__button[for=__drawer]");
  const drawer = document.querySelector(".md-sidebar--primary");
  if (!toggle || !button || !drawer) return;

  const openers = [...drawer.querySelectorAll("label.md-nav__link")];
  const titles = drawer.querySelectorAll("label.md-nav__title:not([for=__drawer])");
  const wide = new Map(openers.map((label) => [label, label.tabIndex]));
  const isDrawn = (element) => element.getClientRects().length > 0;

  // The level of the menu that lies above all others.
  const shown = () => {
    let open = drawer.querySelector("nav"), next;
    while ((next = open.querySelector(":scope > ul > li > .md-nav__toggle:checked ~ nav")) && isDrawn(next)) open = next;
    return open;
  };

  // A level as a whole, too: a browser lets keys scroll a list in which nothing else takes them.
  const update = () => {
    const open = shown();
    drawer.inert = narrow.matches && !toggle.checked;
    for (const part of drawer.querySelectorAll("nav, a[href], label")) {
      part.inert = narrow.matches && !part.contains(open) && part.closest(".md-nav__toggle ~ nav, .md-nav--primary") !== open;
    }
    for (const label of openers) label.tabIndex = narrow.matches ? 0 : wide.get(label);
    for (const title of titles) title.tabIndex = narrow.matches ? 0 : -1;
    for (const label of [...openers, ...titles]) label.setAttribute("aria-expanded", label.control.checked);
    button.setAttribute("aria-expanded", toggle.checked);
  };

  const close = () => {
    toggle.click();
    button.focus();
  };

  for (const label of [button, ...openers, ...titles]) label.setAttribute("role", "button");
  for (const label of openers) {
    const texts = [label, label.closest("li").querySelector(".md-nav__title")].map((part) => part.textContent.trim());
    label.setAttribute("aria-label", [...new Set(texts)].filter(Boolean).join(": "));
  }
  button.tabIndex = 0;
  button.setAttribute("aria-label", drawer.querySelector("nav").getAttribute("aria-label"));
  update();

  narrow.addEventListener("change", update);
  for (const part of [toggle, drawer]) {
    part.addEventListener("change", ({ target }) => {
      update();
      if (!toggle.checked) return;
      const left = openers.filter((label) => label.control === target && !target.checked);
      [...left, ...shown().querySelectorAll("label[tabindex], a[href]")].find(isDrawn)?.focus({ preventScroll: true });
    });
  }
  // The theme knows Enter alone.
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === " " && target.matches("label[tabindex]")) {
      event.preventDefault();
      target.click();
    } else if (key === "Escape" && toggle.checked) close();
  });
  drawer.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && narrow.matches && toggle.checked && !drawer.contains(relatedTarget)) toggle.click();
  });
})();
