// Glossary: a field that leaves those terms which hold what is typed, in their name or in what is said of them.
for (const terms of document.querySelectorAll("dl.glossary")) {
  const entries = [...terms.querySelectorAll("dt")].map((term) => {
    const said = term.nextElementSibling;
    const meaning = [...said.children].filter((part) => !part.matches(".used-in"));
    return [term, said, [term, ...meaning].map((part) => part.textContent).join(" ").toLowerCase()];
  });
  const field = document.querySelector(".term-filter input");
  const status = document.querySelector(".term-count");
  field.addEventListener("input", () => {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [term, said, text] of entries) {
      term.hidden = said.hidden = !words.every((word) => text.includes(word));
      shown += !term.hidden;
    }
    status.textContent = words.length ? `${shown} of ${entries.length} terms` : "";
  });
}
