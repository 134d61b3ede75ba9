// Drafts: a reader's edits, kept in the browser until reset. Where storage is refused they last as long as the page.

/** The edits of `page`; `refused()` is called where the browser does not keep them, `elsewhere()` where a tab has one. */
export function drafts(page, { refused, elsewhere }) {
  const key = `drafts:${page}`;
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch (error) {
      if (!(error instanceof SyntaxError)) refused();
      return {}; // refused, or not ours
    }
  };
  const kept = read();
  addEventListener("storage", (event) => {
    if (event.key === key) elsewhere();
  });
  return {
    get: (author) => kept[author],
    set(author, text) {
      const all = read(); // another tab may have edited other cells meanwhile
      if (text === null) delete all[author];
      else all[author] = text;
      try {
        if (Object.keys(all).length) localStorage.setItem(key, JSON.stringify(all));
        else localStorage.removeItem(key);
      } catch {
        refused();
      }
    },
  };
}
