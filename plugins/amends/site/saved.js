// In the saved file: one asks in one's own words, and what is not found is hidden; what is overdue says so. Runs behind `questions.js`, in the file itself.
"use strict";
(() => {
  const ask = document.querySelector(".am-ask"), list = document.getElementById("am-seen");
  if (!ask || !list) return;
  const [field, all, told] = [ask.querySelector("input"), ask.querySelector("button"), ask.querySelector("output")];
  const items = [...list.children];
  const ledTo = (item) => document.getElementById(item.dataset.leads);
  const look = () => {
    const answer = amendsAsk(field.value, items, list, ledTo) ?? { found: items }, { found } = answer;
    for (const item of items) {
      item.hidden = !found.includes(item);
      if (ledTo(item)) ledTo(item).hidden = item.hidden;
    }
    list.append(...found);
    list.after(...found.map(ledTo).filter(Boolean));
    const number = ask.dataset.told.replace("{n}", found.length);
    told.textContent = found.length ? amendsTell(ask.dataset, answer, number)
      : ask.dataset.untold.replace("{words}", () => ask.dataset.word.replace("{word}", () => field.value.trim()));
    all.hidden = !field.value.trim();
  };
  field.addEventListener("input", look);
  all.addEventListener("click", () => { field.value = ""; look(); field.focus(); });
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  for (const due of document.querySelectorAll("[data-due]")) {
    if (due.dataset.due < today) {
      due.classList.add("am-overdue");
      due.append(` · ${ask.dataset.overdue}`);
    }
  }
  list.before(ask);
  ask.hidden = false;
})();
