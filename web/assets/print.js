// On paper: light colours, and what is folded in the prose unfolded. Afterwards everything as it was.
(() => {
  const page = document.documentElement;
  let theme, folded;
  addEventListener("beforeprint", () => {
    theme = page.dataset.theme;
    folded = document.querySelectorAll("article details:not(.hide, [open])");
    page.dataset.theme = "light";
    folded.forEach((part) => (part.open = true));
  });
  addEventListener("afterprint", () => {
    page.dataset.theme = theme;
    folded.forEach((part) => (part.open = false));
  });
})();
