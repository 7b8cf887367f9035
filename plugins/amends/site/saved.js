// In the saved file: one asks in one's own words, and what is not found is hidden. Runs behind `questions.js`, in the file itself.
"use strict";
(() => {
  const ask = document.querySelector(".am-ask"), list = document.getElementById("am-seen");
  if (!ask || !list) return;
  const [field, told] = [ask.querySelector("input"), ask.querySelector("output")];
  const items = [...list.children];
  const ledTo = (item) => document.getElementById(item.dataset.leads);
  field.addEventListener("input", () => {
    const { found, vague } = amendsAsk(field.value, items, list, ledTo) ?? { found: items };
    for (const item of items) {
      item.hidden = !found.includes(item);
      if (ledTo(item)) ledTo(item).hidden = item.hidden;
    }
    list.append(...found);
    list.after(...found.map(ledTo).filter(Boolean));
    const number = ask.dataset.told.replace("{n}", found.length);
    told.textContent = !found.length ? ask.dataset.untold.replace("{words}", () => field.value.trim()) : vague ? `${ask.dataset.vague} ${number}` : number;
  });
  list.before(ask);
  ask.hidden = false;
})();
