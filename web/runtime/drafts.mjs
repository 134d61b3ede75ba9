// Drafts: a reader's edits, kept in the browser until reset. Where storage is refused they last as long as the page.

export function drafts(page) {
  const key = `drafts:${page}`;
  let kept = {};
  try {
    kept = JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    // refused, or not ours: begin with none
  }
  return {
    get: (author) => kept[author],
    set(author, text) {
      if (text === null) delete kept[author];
      else kept[author] = text;
      try {
        if (Object.keys(kept).length) localStorage.setItem(key, JSON.stringify(kept));
        else localStorage.removeItem(key);
      } catch {
        // the page still has it
      }
    },
  };
}
