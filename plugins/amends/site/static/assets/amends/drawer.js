// The menu of a narrow screen, which the theme opens by a label that no key reaches, and closes by moving it beside the screen, where keys still
// go: here the label is a button, and keys reach of the menu what is seen of it. Loaded by `amends.js` where the screen is narrow.
"use strict";
(() => {
  const narrow = matchMedia("(max-width: 76.234375em)");
  const toggle = document.getElementById("__drawer");
  const button = document.querySelector("label.md-header__button[for=__drawer]");
  const drawer = document.querySelector(".md-sidebar--primary");
  if (!toggle || !button || !drawer) return;

  // The part of the menu that lies above all others.
  const shown = () => {
    let open = drawer.querySelector("nav"), next;
    while ((next = open.querySelector(":scope > ul > li > .md-nav__toggle:checked ~ nav"))) open = next;
    return open;
  };

  const update = () => {
    const open = shown();
    const isSeen = (element) => toggle.checked && element.closest("nav") === open;
    for (const link of drawer.querySelectorAll("a[href], label.md-nav__link")) link.inert = narrow.matches && !isSeen(link);
    for (const title of drawer.querySelectorAll("label.md-nav__title")) {
      title.setAttribute("role", "button");
      title.tabIndex = narrow.matches && isSeen(title) ? 0 : -1;
    }
    button.setAttribute("aria-expanded", toggle.checked);
  };

  const close = () => {
    toggle.click();
    button.focus();
  };

  button.tabIndex = 0;
  button.setAttribute("role", "button");
  button.setAttribute("aria-label", drawer.querySelector("nav").getAttribute("aria-label"));
  update();

  narrow.addEventListener("change", update);
  for (const part of [toggle, drawer]) {
    part.addEventListener("change", () => {
      update();
      if (toggle.checked) [...shown().querySelectorAll("label.md-nav__title, a[href], label.md-nav__link")].find((element) => element.getClientRects().length)?.focus({ preventScroll: true });
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
