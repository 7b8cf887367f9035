// Keeps the ticks of a checklist on the reader's machine, and copies it as Markdown. Loaded by `amends.js` where a page has a checklist's tools.
"use strict";
(() => {
  // What was ticked, by item, with the day. It stays on the reader's machine; where that keeps nothing, it lasts as long as the page.
  const remembered = (place) => {
    try {
      const kept = JSON.parse(localStorage.getItem(place));
      return kept !== null && typeof kept === "object" ? kept : {};
    } catch {
      return {};
    }
  };

  const remember = (place, ticked) => {
    try {
      localStorage.setItem(place, JSON.stringify(ticked));
    } catch {
      // nothing may be kept here
    }
  };

  // A page that is not served over HTTPS has no clipboard; where the old way fails too, the text stands there to be copied by hand.
  const copied = async (text, form) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      form.querySelector("textarea")?.remove();
      const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, rows: 8 });
      form.append(area);
      area.select();
      let done = false;
      try {
        done = document.execCommand("copy");
      } catch {
        // not allowed
      }
      if (done) area.remove();
      return done;
    }
  };

  const asMarkdown = (list) => [list, ...list.querySelectorAll("[data-markdown]")].filter((part) => part.dataset.markdown && !part.closest("[hidden]")).map((part) => {
    const box = part.classList.contains("am-checklist") || part === list ? null : part.querySelector("[data-tick]");
    if (!box) return `\n${part.dataset.markdown}\n`;
    const [task, ...below] = part.dataset.markdown.split("\n");
    const guidance = part.querySelector("a[data-guidance]");
    const link = location.protocol === "file:" ? "" : ` ([${box.dataset.tick}](${guidance.href}))`;
    return [(box.checked ? task.replace("[ ]", "[x]") : task) + link, ...below].join("\n");
  }).join("\n").trim() + "\n";

  window.amendsTicks = (form, filled, dayOf) => {
    const list = document.getElementById(form.dataset.list);
    const boxes = [...list.querySelectorAll("input[data-tick]")];
    const place = `amends:ticks:${new URL(form.dataset.home, location).pathname}`;
    const output = form.querySelector("output");
    output.tabIndex = -1;
    const untick = form.querySelector("[data-do=untick]");
    const ticked = remembered(place);
    const tell = () => {
      const days = boxes.filter((box) => box.checked).map((box) => ticked[box.dataset.tick]).sort();
      untick.hidden = !days.length;
      output.textContent = days.length ? filled(form.dataset.ticked, { ticked: days.length, all: boxes.length, day: days.at(-1) }) : "";
    };
    for (const box of boxes) {
      box.checked = box.dataset.tick in ticked;
      box.addEventListener("change", () => {
        if (box.checked) ticked[box.dataset.tick] = dayOf(new Date());
        else delete ticked[box.dataset.tick];
        remember(place, ticked);
        tell();
      });
    }
    untick.addEventListener("click", () => {
      for (const box of boxes) {
        box.checked = false;
        delete ticked[box.dataset.tick];
      }
      remember(place, ticked);
      tell();
      output.textContent = form.dataset.unticked;
      output.focus(); // the button that was pressed is hidden
    });
    form.querySelector("[data-do=copy]").addEventListener("click", async () => {
      const text = asMarkdown(list);
      output.textContent = !text.trim() ? form.dataset.nothing : (await copied(text, form)) ? form.dataset.copied : form.dataset.notCopied;
    });
    form.hidden = false;
    tell();
  };
})();
