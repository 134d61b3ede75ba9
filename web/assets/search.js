// Search: ranks what the index holds, by words that may be unfinished or mistyped, and shows it below the field.
window.courseSearch = (() => {
  const GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega".split(" ");
  const KINDS = { section: ["Section", 1], explorable: ["Explorable", 1.15], term: ["Term", 1.2], formula: ["Formula", 0.7], name: ["Package", 0.35], work: ["Work", 0.6] };
  const TITLE = 5; // how much more a word of the title counts than one of the text
  const SPREAD = 60; // words of a text beyond which one of them says less of it

  const plain = (text) =>
    text
      .normalize("NFKD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/[α-ω]/g, (letter) => ` ${GREEK[letter.charCodeAt(0) - 945]} `)
      .replace(/∂|∇/g, (sign) => (sign === "∂" ? " partial " : " nabla "))
      .replace(/(?<=[a-z]{3}i)z(?=e|a|i)/g, "s"); // regularize as well as regularise
  const words = (text) => plain(text).match(/[a-z]+|\d+/g) ?? [];

  // Optimal string alignment (Damerau 1964): letters inserted, left out, changed, or two of them swapped.
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        const changed = a[i - 1] === b[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + changed);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      if (Math.min(...row) > most) return most + 1;
      [before, last] = [last, row];
    }
    return last[b.length];
  };

  let finds, pages, uses; // uses: for each word, the finds that hold it, and how much it says of each

  const begin = () => {
    if (uses || !window.courseIndex) return Boolean(uses);
    ({ pages, finds } = window.courseIndex);
    uses = new Map();
    finds.forEach(([page, kind, title, , text], n) => {
      const said = new Map();
      const inText = words(text);
      for (const word of inText) said.set(word, (said.get(word) ?? 0) + 1);
      for (const [word, times] of said) said.set(word, times / (times + 0.5 + inText.length / SPREAD));
      for (const word of new Set(words(title))) said.set(word, (said.get(word) ?? 0) + TITLE / (1 + words(title).length / 4));
      for (const word of new Set(words(pages[page][1]))) said.set(word, (said.get(word) ?? 0) + 0.3);
      for (const [word, much] of said) {
        if (!uses.has(word)) uses.set(word, new Map());
        uses.get(word).set(n, much * KINDS[kind][1]);
      }
    });
    return true;
  };

  // The words of the book that a word of the query can mean, and how surely.
  const meant = (asked) => {
    const found = new Map();
    for (const word of uses.keys()) {
      if (word === asked) found.set(word, 1);
      else if (asked.length > 2 && word.startsWith(asked)) found.set(word, Math.max(0.35, 0.9 - 0.1 * (word.length - asked.length)));
      else if (word.length > 2 && (asked === `${word}s` || asked === `${word}es`)) found.set(word, 0.8);
    }
    const sure = [...found].some(([word, how]) => how > 0.5 && uses.get(word).size > 1);
    const most = asked.length > 7 ? 2 : asked.length > 3 ? 1 : 0;
    if (sure || !most) return found;
    for (const word of uses.keys()) {
      const typed = word.length > asked.length + most ? word.slice(0, asked.length) : word; // it may be unfinished
      const slips = distance(asked, typed, most);
      if (slips <= most) found.set(word, Math.max(found.get(word) ?? 0, (typed === word ? 0.8 : 0.5) / (1 + slips)));
    }
    return found;
  };

  const search = (query) => {
    if (!begin()) return [];
    const asked = [...new Set(words(query))];
    const scores = new Map();
    const seen = new Set();
    for (const one of asked) {
      const best = new Map();
      for (const [word, how] of meant(one)) {
        const where = uses.get(word);
        const rare = Math.log(1 + finds.length / where.size);
        seen.add(word);
        for (const [n, much] of where) best.set(n, Math.max(best.get(n) ?? 0, how * rare * much));
      }
      for (const [n, much] of best) {
        const score = scores.get(n) ?? [0, 0];
        scores.set(n, [score[0] + much, score[1] + 1]);
      }
    }
    const whole = words(query).join(" ");
    const results = [...scores].map(([n, [sum, count]]) => {
      const title = words(finds[n][2]).join(" ");
      const exact = title === whole ? 3 : ` ${title} `.includes(` ${whole} `) ? 1.5 : 1;
      return [n, sum * (count / asked.length) ** 3 * exact];
    });
    results.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    return results.map(([n]) => {
      const [page, kind, title, anchor, text, formula] = finds[n];
      return { kind, title, text, formula, seen, address: `${pages[page][0]}#${anchor}`, page: pages[page][1] };
    });
  };

  // The stretch of a text that holds most of what was asked, with those words marked.
  const LONG = 170;
  const snippet = ({ text, seen }) => {
    const all = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
    const hits = all.filter((word) => words(word[0]).some((one) => one.length > 1 && seen.has(one)));
    let from = 0;
    let most = 0;
    for (const hit of hits) {
      const near = new Set(hits.filter((other) => other.index >= hit.index && other.index < hit.index + LONG - 30).map((other) => plain(other[0]))).size;
      if (near > most) [from, most] = [hit.index, near];
    }
    // It begins with a sentence, where one begins nearby.
    const sentence = Math.max(text.lastIndexOf(". ", from), text.lastIndexOf("? ", from)) + 2;
    const start = from < 80 ? 0 : from - sentence < 80 && sentence > 1 ? sentence : text.indexOf(" ", from - 50) + 1;
    const ended = text.length <= start + LONG ? text.length : text.lastIndexOf(" ", start + LONG);
    const shown = document.createElement("p");
    shown.append(start ? "… " : "");
    let at = start;
    for (const hit of hits.filter((hit) => hit.index >= start && hit.index + hit[0].length <= ended)) {
      const mark = document.createElement("mark");
      mark.textContent = hit[0];
      shown.append(text.slice(at, hit.index), mark);
      at = hit.index + hit[0].length;
    }
    shown.append(text.slice(at, ended) + (ended < text.length ? " …" : ""));
    return shown;
  };

  const root = document.documentElement.dataset.content_root;
  const item = (found) => {
    const [li, link, about] = ["li", "a", "span"].map((tag) => document.createElement(tag));
    link.href = root + found.address;
    link.textContent = found.title.replace(/^coursepkg\./, "");
    about.className = "about";
    about.textContent = found.title === found.page ? KINDS[found.kind][0] : `${KINDS[found.kind][0]} · ${found.page}`;
    li.append(link, about);
    if (found.formula) {
      const formula = document.createElement("div");
      formula.className = "math";
      formula.innerHTML = found.formula;
      li.append(formula);
    } else if (found.text) li.append(snippet(found));
    return li;
  };

  const attend = (form) => {
    const field = form.querySelector("input");
    const own = !form.closest("dialog");
    const [status, list] = ["p", "ol"].map((tag) => document.createElement(tag));
    status.setAttribute("role", "status");
    status.className = "search-status";
    list.className = "search-results";
    list.setAttribute("aria-label", "Results");
    form.after(status, list);
    const show = () => {
      const query = field.value.trim();
      const found = query ? search(query) : [];
      const most = own ? 60 : 12;
      list.replaceChildren(...found.slice(0, most).map(item));
      let many = found.length === 1 ? "1 result" : `${found.length} results`;
      if (found.length > most) many += own ? `, the first ${most} of them here` : `, the first ${most} of them here; Enter shows more`;
      status.textContent = !query ? "" : found.length ? many : `Nothing is found for “${query}”. Try one word of it.`;
    };
    field.addEventListener("input", show);
    if (own) {
      field.value ||= new URLSearchParams(location.search).get("q") ?? ""; // who types sooner than this comes, is heard
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        history.replaceState(null, "", `?q=${encodeURIComponent(field.value)}`);
        show();
      });
    }
    form.parentElement.addEventListener("keydown", (event) => {
      const links = [...list.querySelectorAll("a")];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || !links.length || event.altKey || event.ctrlKey || event.metaKey) return;
      const at = links.indexOf(document.activeElement) + step;
      event.preventDefault();
      (links[at] ?? (at < 0 ? field : links.at(-1))).focus();
    });
    list.addEventListener("click", ({ target }) => {
      const dialog = form.closest("dialog");
      if (dialog && target.closest("a")) dialog.close(); // the place may be on this page
    });
    return show;
  };

  const shows = [...document.querySelectorAll("form.bd-search")].map(attend);
  const ready = () => (window.courseIndex ? shows.forEach((show) => show()) : requestAnimationFrame(ready));
  ready();
  return search;
})();
