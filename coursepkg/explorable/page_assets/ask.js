// Predictions: the answer waits for the reader's own.
addEventListener("DOMContentLoaded", () => {
  for (const box of document.querySelectorAll(".explorable .ask")) {
    const judge = () => {
      const chosen = box.querySelector("input:checked");
      box.classList.toggle("waiting", !chosen);
      if (!chosen) return;
      box.querySelector(".verdict").textContent = chosen.value === box.dataset.answer ? "Yes:" : "Rather:";
      for (const p of box.querySelectorAll("[data-slip]")) p.hidden = p.dataset.slip !== chosen.value;
      box.querySelector("details").open = true;
    };
    box.addEventListener("change", judge);
    // After a reload, or Back, browsers put a choice back without a word of it.
    addEventListener("pageshow", judge);
    judge();
  }
});
