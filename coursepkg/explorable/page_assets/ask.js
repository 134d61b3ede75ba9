// Predictions: the answer waits until the reader has committed to one.
addEventListener("DOMContentLoaded", () => {
  // One line of the verdict: how it went, then what the folded answer says of it.
  const line = (kind, verdict, from) => {
    const p = document.createElement("p");
    const word = document.createElement("b");
    p.className = kind;
    word.className = "verdict";
    word.textContent = verdict;
    p.append(word, " ", ...(from?.cloneNode(true).childNodes ?? []));
    return p;
  };

  for (const box of document.querySelectorAll(".explorable .ask")) {
    const [told, committed, button] = [".told", ".commit input", ".commit button"].map((part) => box.querySelector(part));
    const tiles = box.querySelector(".tiles");
    const right = box.querySelector(".right");

    const show = () => {
      const chosen = tiles.querySelector(":checked");
      const known = committed.checked && chosen;
      box.classList.toggle("known", !!known);
      button.disabled = !chosen;
      button.textContent = known ? "Predict again" : "Commit";
      if (!known) told.replaceChildren();
      else if (chosen.value === box.dataset.answer) told.replaceChildren(line("yes", "Yes:", right));
      else {
        const slip = box.querySelector(`[data-slip="${chosen.value}"]`) ?? chosen.nextElementSibling;
        told.replaceChildren(line("no", "Not quite.", slip), line("yes", "Rather:", right));
      }
    };

    const commit = () => {
      committed.checked = !committed.checked;
      show();
    };
    tiles.addEventListener("change", show);
    tiles.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || button.disabled) return;
      event.preventDefault(); // else it presses the button too
      commit();
      button.focus({ preventScroll: true });
    });
    button.addEventListener("click", commit);
    // After a reload, or Back, browsers put a choice back without a word of it.
    addEventListener("pageshow", show);
    show();
  }
});
