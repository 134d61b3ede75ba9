// Menus: a button opens the list beside it; a press elsewhere, Escape or the focus that moves on closes it.
for (const button of document.querySelectorAll("[data-bs-toggle=dropdown]")) {
  const held = button.parentElement;
  const list = held.querySelector(".dropdown-menu");
  const show = (open) => {
    list.classList.toggle("show", open);
    button.setAttribute("aria-expanded", open);
  };
  button.addEventListener("click", () => show(!list.classList.contains("show")));
  document.addEventListener("click", ({ target }) => button.contains(target) || show(false));
  held.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && !held.contains(relatedTarget)) show(false);
  });
  held.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !list.classList.contains("show")) return;
    show(false);
    button.focus();
  });
}
// The button of the colours says which are chosen, so that it is heard what a press has changed.
{
  const CHOSEN = { auto: "as the system has them", light: "light", dark: "dark" };
  const say = () => {
    for (const button of document.querySelectorAll(".theme-switch-button"))
      button.ariaLabel = `Colours: ${CHOSEN[document.documentElement.dataset.mode]}`;
  };
  new MutationObserver(say).observe(document.documentElement, { attributeFilter: ["data-mode"] });
  say();
}
