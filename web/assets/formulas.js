// What is wider than its place is reached by Tab, to be scrolled by the arrow keys: the theme looks once, and a reader who
// zooms makes more of it wide. Of a formula, what is copied is its TeX.
const WIDE = { "div.math": "Wide formula", pre: "Wide code", ".pst-scrollable-table-container": "Wide table" };
const wide = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    const scrolls = target.scrollWidth > target.clientWidth;
    const name = WIDE[Object.keys(WIDE).find((kind) => target.matches(kind))];
    for (const [attribute, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", name]]) {
      if (scrolls) target.setAttribute(attribute, value);
      else target.removeAttribute(attribute);
    }
  }
});
document.querySelectorAll(Object.keys(WIDE)).forEach((part) => wide.observe(part));

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
