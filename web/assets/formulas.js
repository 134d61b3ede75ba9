// Formulas: one wider than its place is reached by Tab, to be scrolled by the arrow keys; what is copied is its TeX.
const wide = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const scrolls = target.scrollWidth > target.clientWidth;
    for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", "Wide formula"]]) {
      if (scrolls) target.setAttribute(name, value);
      else target.removeAttribute(name);
    }
  }
});
document.querySelectorAll("div.math").forEach((formula) => wide.observe(formula));

document.addEventListener("copy", (event) => {
  const chosen = getSelection();
  if (!chosen.rangeCount || !event.clipboardData) return;
  const range = chosen.getRangeAt(0).cloneRange();
  const cut = (node) => (node.closest ? node : node.parentElement).closest("math");
  const [first, last] = [cut(range.startContainer), cut(range.endContainer)];
  if (first) range.setStartBefore(first);
  if (last) range.setEndAfter(last);
  const copy = document.createElement("div");
  copy.append(range.cloneContents());
  const formulas = copy.querySelectorAll("math");
  if (!formulas.length) return;
  for (const formula of formulas) {
    const mark = formula.getAttribute("display") === "block" ? "$$" : "$";
    const tex = document.createElement("span");
    tex.style.whiteSpace = "pre";
    tex.textContent = mark + formula.querySelector("annotation").textContent + mark;
    formula.replaceWith(tex);
  }
  copy.style.cssText = "position: fixed; left: -100vw"; // only what is laid out has lines
  document.body.append(copy);
  event.clipboardData.setData("text/plain", copy.innerText);
  copy.remove();
  event.preventDefault();
});
