// The lists of incidents under a reader's hands: any table that stands whole on its page is sorted in place; the register,
// of which a page holds the latest only, is narrowed, sorted, paged through and handed out as CSV from a file of columns that
// is loaded when a reader first asks for any of this. It is a script, as this is: from disk a browser runs these, and fetches nothing.
"use strict";
(() => {
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const language = document.documentElement.lang || undefined;
  const number = (count) => count.toLocaleString(language);
  // A screen reader speaks whatever is set there, also what stands there already.
  const tellOnce = (element, text) => { if (element.textContent !== text) element.textContent = text; };
  const filled = (saying, values) => saying.replace(/\{(\w+)\}/g, (braces, name) => values[name] ?? braces);

  const once = (make) => {
    let made;
    return () => (made ??= make().catch((error) => { made = undefined; throw error; }));
  };

  const el = (tag, attributes, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  // Sorting -----------------------------------------------------------------------------------------------------------

  const other = { ascending: "descending", descending: "ascending" };

  // What is missing stands last either way, and what is equal in the order given.
  const ordered = (values, direction) => {
    const sign = direction === "ascending" ? 1 : -1;
    const known = [], missing = [];
    values.forEach((value, place) => (value === null ? missing : known).push(place));
    const numbers = Float64Array.from(values);
    known.sort((a, b) => sign * (numbers[a] - numbers[b]) || a - b);
    return known.concat(missing);
  };

  // Texts as numbers in the order of the reader's language, in which to compare two takes long.
  const ranks = (texts) => {
    const { compare } = new Intl.Collator(language, { sensitivity: "base" });
    const different = [...new Set(texts)].sort(compare);
    const rank = new Map();
    different.forEach((text, place) => rank.set(text, place && !compare(different[place - 1], text) ? rank.get(different[place - 1]) : place));
    return texts.map((text) => rank.get(text));
  };

  // A button in each heading of a column; `choose` is told what a reader asks for.
  const withButtons = (table, choose) => {
    const heads = [...table.querySelectorAll("th[data-sort]")];
    for (const head of heads) {
      const button = el("button", { type: "button", class: "am-sort" }, ...head.childNodes);
      button.addEventListener("click", () => choose(head.dataset.sort, other[head.getAttribute("aria-sort")] ?? head.dataset.first));
      head.append(button);
    }
    return {
      names: heads.map((head) => head.dataset.sort),
      show: (name, direction) => {
        for (const head of heads) {
          if (head.dataset.sort === name) head.setAttribute("aria-sort", direction);
          else head.removeAttribute("aria-sort");
        }
      },
      saying: (name, direction) => heads.find((head) => head.dataset.sort === name)?.dataset[direction] ?? "",
    };
  };

  const numeric = (text) => (text === undefined || text === "" ? null : Number(text));

  // A table that stands whole on its page.
  const sortable = (table) => {
    if (table.querySelector(".am-sort")) return;
    const body = table.tBodies[0];
    const rows = [...body.rows];
    const status = el("span", { class: "am-unseen", role: "status" });
    table.parentElement.after(status);
    const titles = ranks(rows.map(({ cells: [,, cell] }) => cell.querySelector("a").textContent));
    const values = {
      began: (row, place) => (row.cells[0].textContent ? -place : null),
      severity: ({ cells: [, cell] }) => numeric(cell.firstElementChild.className.match(/--sev(\d)/)?.[1]),
      title: (_, place) => titles[place],
      affected: ({ cells: [,,, cell] }) => numeric(cell.dataset.order),
      lasted: ({ cells: [,,,, cell] }) => numeric(cell.dataset.order),
    };
    const heads = withButtons(table, (name, direction) => {
      body.append(...ordered(rows.map(values[name]), direction).map((place) => rows[place]));
      heads.show(name, direction);
      status.textContent = heads.saying(name, direction);
    });
    heads.show("began", "descending");
  };

  // The columns of the register ---------------------------------------------------------------------------------------

  const prepared = ({ columns, places, facets, rows, absent, unrated, scales }, address) => {
    const stems = columns.day.map((day, place) => day + columns.rest[place]);
    const services = columns.service.map((own) => own.map((value) => facets.service[value][1]));
    const kinds = ["severity", "factor", "harm"].map((facet) => [columns[facet], facets[facet].map((names) => names.join("\n"))]);
    const ungrouped = (text) => text.replace(/(\d)[,.’\s](?=\d{3}(?!\d))/g, "$1");
    const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2000, month)).toLocaleDateString(language, { month: "long", timeZone: "UTC" }));
    const spoken = (day) => (day ? `${Number(day.slice(8))} ${months[day.slice(5, 7) - 1]}` : "");
    const texts = stems.map((stem, place) => plain([stem, ungrouped(columns.title[place]), ungrouped(columns.names[place]), ...services[place],
      ...kinds.flatMap(([own, names]) => own[place].map((value) => names[value])), typeof columns.affected[place] === "string" ? ungrouped(columns.affected[place]) : "",
      spoken(columns.day[place])].join("\n")));
    const values = {
      began: columns.day.map((day, place) => (day ? -place : null)),
      severity: columns.severity.map(([value]) => (value === undefined ? null : value)),
      affected: columns.most,
      lasted: columns.longest,
    };
    const orders = new Map();
    return {
      facets,
      texts,
      scales,
      numbers: Object.keys(facets).map((facet) => [facet, columns[facet]]),
      rowName: (place) => (place in rows ? rows[place] : stems[place]),
      order: (name, direction) => {
        const key = `${name} ${direction}`;
        if (name === "title") values.title ??= ranks(columns.title);
        if (!orders.has(key)) orders.set(key, ordered(values[name], direction));
        return orders.get(key);
      },
      row: (place) => {
        const said = (value) => (typeof value === "string" ? value
          : el("details", { class: `am-absent am-absent--${value[0]}` }, el("summary", {}, absent[value[0]]), value[1]));
        const [severity] = columns.severity[place];
        const badge = severity === undefined ? el("span", { class: "am-badge" }, unrated)
          : el("span", { class: `am-badge am-badge--${facets.severity[severity][0]}` }, facets.severity[severity][1]);
        const url = places[columns.place[place]].replace("*", () => encodeURIComponent(stems[place]));
        return el("tr", {},
          el("td", { class: "am-date" }, columns.day[place]), el("td", {}, badge),
          el("td", {}, el("a", { href: new URL(`../${url}`, address).href }, columns.title[place]), el("br", {}),
            el("span", { class: "am-quiet" }, services[place].join(", "))),
          el("td", {}, said(columns.affected[place])), el("td", { class: "am-lasted" }, said(columns.lasted[place])));
      },
    };
  };

  // What tells whether a word stands in a row, be it one of several; a number, whatever groups its digits, as a whole.
  const finds = (word) => {
    if (!/^(?:\d+|\d{1,3}(?:[.,’]\d{3})+)$/.test(word)) {
      const one = word.length > 4 && word.endsWith("s") ? word.slice(0, -1) : word;
      return (text) => text.includes(one);
    }
    const whole = new RegExp(`(?<![\\p{L}\\d.,])${word.replace(/\D/g, "")}(?![\\d,.q]*\\d)`, "u");
    return (text) => whole.test(text);
  };

  // The words that somebody asks for: those of a row, numbers without what groups their digits, and `12 million` in full; and `sev 1` as the
  // one word that it is there.
  const wordsIn = (asked, { scales, texts }) => plain(asked).replace(/(?<![\d.,])\d{1,3}(?: \d{3})+(?![\d.,])/g, (number) => number.replaceAll(" ", ""))
    .replace(new RegExp(`(?<![\\d.,])(\\d+(?:[.,]\\d+)?) ?(${Object.keys(scales).join("|")})(?!\\p{L})`, "gu"), (_, number, scale) => String(Math.round(number.replace(",", ".") * 10 ** scales[scale])))
    .replace(/(?<![\p{L}\d])(\p{L}+)[ -](\d{1,2})(?![\d.,]*\d)/gu, (apart, word, number) => (texts.some((text) => text.includes(word + number)) ? word + number : apart))
    .split(/\s+/).map((word) => word.replace(/[.,;:]+$/, "")).filter(Boolean);

  // Which incidents are left, in order, and how many each further choice would leave: those of a facet without what is chosen in it.
  const narrowed = (known, { words, chosen, sort, direction }) => {
    const asked = wordsIn(words, known).map(finds);
    const wanted = known.numbers.map(([facet, own]) => [own, facet in chosen ? known.facets[facet].findIndex(([value]) => value === chosen[facet]) : undefined]);
    const counts = known.numbers.map(([facet]) => new Uint32Array(known.facets[facet].length));
    const left = known.order(sort, direction).filter((place) => {
      if (!asked.every((stands) => stands(known.texts[place]))) return false;
      let failed = -1, failures = 0;
      wanted.forEach(([own, value], facet) => {
        if (value !== undefined && !own[place].includes(value)) { failed = facet; failures += 1; }
      });
      if (failures > 1) return false;
      wanted.forEach(([own], facet) => {
        if (!failures || facet === failed) for (const value of own[place]) counts[facet][value] += 1;
      });
      return !failures;
    });
    return { left, counts: Object.fromEntries(known.numbers.map(([facet], place) => [facet, counts[place]])) };
  };

  // The rows of a table of comma-separated values as they stand there, by their first cell.
  const rowsOf = (text) => {
    const rows = new Map();
    let heading, row;
    for (const line of text.split("\n")) {
      row = row === undefined ? line : `${row}\n${line}`;
      if (row.split('"').length % 2 === 0) continue; // a line break within a cell
      const [first, quoted] = row.match(/^(?:"((?:[^"]|"")*)"|[^,]*)/);
      if (heading === undefined) heading = row;
      else if (row) rows.set(quoted === undefined ? first : quoted.replaceAll('""', '"'), row);
      row = undefined;
    }
    return { heading, rows };
  };

  // The register --------------------------------------------------------------------------------------------------------

  // As other lists do, `choose` writes into a field of the form, and `chosenIn` says what was chosen there; `run` loads a script.
  const browse = (view, { choose, chosenIn, run }) => {
    const form = view.querySelector("form");
    if (!form.hidden) return;
    const says = view.dataset;
    const many = Number(says.many), all = Number(says.all);
    const table = view.querySelector("table"), region = table.parentElement, pager = view.querySelector(".am-pager");
    const years = view.querySelector(".am-chips");
    const output = form.querySelector("output"), status = form.querySelector("[role=status]");
    const fields = [...form.querySelectorAll("select")];
    const nothing = el("p", { class: "am-empty", hidden: "" }, says.none, " ");
    const elsewhere = el("a", { href: says.search ?? "", hidden: "" }, says.elsewhere);
    nothing.append(elsewhere);
    region.after(nothing);
    const onPaper = el("p", { class: "am-narrowed", hidden: "" });
    region.before(onPaper);
    output.tabIndex = -1;

    const address = new URL(says.register, location);
    const columns = once(async () => {
      await run(address);
      return prepared(JSON.parse(window.amendsColumns), address);
    });
    const exported = once(async () => {
      const answer = await fetch(says.table);
      if (!answer.ok) throw new Error(`${answer.status} ${says.table}`);
      return rowsOf(await answer.text());
    });

    let state, turn = 0;

    const heads = withButtons(table, (sort, direction) => {
      Object.assign(state, { sort, direction, page: 1 });
      status.textContent = heads.saying(sort, direction);
      show("pushState");
    });

    const usual = () => state.sort === "began" && state.direction === "descending";

    const query = () => {
      const { words, chosen, sort, direction, page } = state;
      return new URLSearchParams({
        ...(words.trim() && { words: words.trim() }), ...chosen, ...(!usual() && { sort, order: direction }), ...(page > 1 && { page }),
      });
    };

    const restore = () => {
      const given = new URLSearchParams(location.search);
      const sort = heads.names.includes(given.get("sort")) ? given.get("sort") : "began";
      state = {
        words: given.get("words") ?? "",
        chosen: Object.fromEntries(fields.filter((field) => given.get(field.name)).map((field) => [field.name, given.get(field.name)])),
        sort,
        direction: Object.hasOwn(other, given.get("order")) ? given.get("order") : sort === "began" ? "descending" : table.querySelector(`[data-sort=${sort}]`).dataset.first,
        page: Math.max(Number.parseInt(given.get("page"), 10) || 1, 1),
      };
      form.elements.namedItem("words").value = state.words;
      for (const field of fields) choose(field, state.chosen[field.name] ?? "");
    };

    const range = (found) => filled(says.shown, {
      from: number((state.page - 1) * many + 1), to: number(Math.min(state.page * many, found)), n: number(found),
    });

    const tell = (found) => {
      const { page } = state;
      const told = filled(says.found, { n: number(found), all: number(all) });
      tellOnce(output, told);
      const asked = [...new FormData(form)].filter(([, value]) => value.trim());
      onPaper.textContent = `${filled(says.narrowed, { filters: asked.map((one) => chosenIn(form, one)).join(" · ") })} · ${told}`;
      onPaper.hidden = form.querySelector("[type=reset]").hidden = !asked.length;
      pager.hidden = found <= many;
      pager.querySelector("span").textContent = range(found);
      for (const button of pager.querySelectorAll("button")) {
        const next = page + Number(button.dataset.step);
        button.setAttribute("aria-disabled", String(next < 1 || (next - 1) * many >= found));
      }
      heads.show(state.sort, state.direction);
      view.querySelector(".am-older")?.remove();
    };

    const draw = (known) => {
      const { left, counts } = narrowed(known, state);
      state.page = Math.min(state.page, Math.max(Math.ceil(left.length / many), 1));
      table.tBodies[0].replaceChildren(...left.slice((state.page - 1) * many, state.page * many).map(known.row));
      region.hidden = !left.length;
      nothing.hidden = left.length > 0;
      elsewhere.hidden = !says.search || !state.words.trim();
      if (!elsewhere.hidden) elsewhere.href = `${says.search}?${new URLSearchParams({ q: state.words.trim() })}`;
      for (const field of fields) {
        for (const option of field.options) {
          if (!option.value) continue;
          const place = known.facets[field.name].findIndex(([value]) => value === option.value);
          const count = place < 0 ? 0 : counts[field.name][place];
          if (place >= 0) option.textContent = `${known.facets[field.name][place][1]} (${number(count)})`;
          option.disabled = option.hidden = count === 0 && option.value !== field.value;
        }
      }
      tell(left.length);
      return left;
    };

    // Shows what is asked for; the address tells it first, so that a reader who goes on meanwhile comes back to it. The years, which lead to all
    // of their incidents, are no choice beside a few.
    const show = async (remember) => {
      const mine = ++turn;
      years.hidden = Boolean(state.words.trim() || Object.keys(state.chosen).length);
      if (remember) {
        const url = new URL(location);
        url.search = query();
        url.hash = "";
        if (url.href !== location.href) history[remember](history.state, "", url);
      }
      const waiting = setTimeout(() => { output.textContent = says.loading; }, 250);
      try {
        const known = await columns();
        if (mine === turn) draw(known);
      } catch (error) {
        if (mine === turn) {
          output.textContent = says.broken;
          years.hidden = false;
        }
        throw error;
      } finally {
        clearTimeout(waiting);
      }
    };

    const download = async () => {
      try {
        const [known, { heading, rows }] = await Promise.all([columns(), exported()]);
        const { left } = narrowed(known, state);
        const found = left.map((place) => rows.get(known.rowName(place))).filter(Boolean);
        const name = ["incidents", ...Object.values(state.chosen), ...state.words.split(/\s+/)].filter(Boolean).join("-").replace(/[^\p{L}\p{N}._-]+/gu, "-");
        const link = el("a", { href: URL.createObjectURL(new Blob([`${[heading, ...found].join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" })), download: `${name}.csv` });
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
        status.textContent = "";
        if (found.length < left.length) output.textContent = filled(says.leftOut, { n: number(left.length - found.length) });
      } catch (error) {
        output.textContent = says.broken;
        throw error;
      }
    };

    form.addEventListener("focusin", () => columns().catch(() => {}), { once: true });
    for (const field of fields) {
      field.addEventListener("change", () => {
        const { [field.name]: _, ...others } = state.chosen;
        Object.assign(state, { chosen: field.value ? { ...others, [field.name]: field.value } : others, page: 1 });
        show("pushState");
      });
    }
    form.elements.namedItem("words").addEventListener("input", ({ target }) => {
      Object.assign(state, { words: target.value, page: 1 });
      show("replaceState");
    });
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => {
      Object.assign(state, { words: "", chosen: {}, page: 1 });
      show("pushState");
      output.focus(); // the button that was pressed is hidden
    }));
    const downloads = form.querySelector("[data-do=download]");
    downloads.hidden = location.protocol === "file:"; // its rows are fetched
    downloads.addEventListener("click", download);
    pager.addEventListener("click", async ({ target }) => {
      const button = target.closest("button");
      if (!button || button.getAttribute("aria-disabled") === "true") return;
      state.page += Number(button.dataset.step);
      await show("pushState");
      status.textContent = pager.querySelector("span").textContent;
      region.focus();
      region.scrollIntoView({ block: "start" });
    });
    addEventListener("popstate", function back() {
      if (!view.isConnected) removeEventListener("popstate", back);
      const before = `${query()}`, sorted = `${state.sort} ${state.direction}`;
      restore();
      status.textContent = `${state.sort} ${state.direction}` === sorted ? "" : heads.saying(state.sort, state.direction);
      if (`${query()}` !== before) show(); // a step to another place of the page changes nothing here
    });

    restore();
    form.hidden = false;
    if (`${query()}`) show();
    else tell(all);
  };

  window.amendsRegister = { browse, sortable };
})();
