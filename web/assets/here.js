// The list of contents says where the reader is. The theme marks a heading that comes into sight; a leap, by Page Down
// say, goes past it, and the mark stays behind.
{
  const links = [...document.querySelectorAll("#pst-page-toc-nav a")];
  const parts = [...document.querySelectorAll("#pst-page-toc-nav .toc-entry")];
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1)))?.querySelector("h1, h2, h3, h4"));
  const mark = () => {
    const tops = headings.map((heading) => heading?.getBoundingClientRect().top ?? Infinity);
    const marked = links.findIndex((link) => link.classList.contains("active"));
    if (tops[marked] >= 0 && tops[marked] < innerHeight) return;
    const here = links[tops.findLastIndex((top) => top < innerHeight * 0.3)];
    for (const link of links) {
      link.classList.toggle("active", link === here);
      if (link === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    for (const part of parts) part.classList.toggle("active", part.contains(here ?? null));
  };
  let waiting = false;
  const soon = () => {
    if (!waiting) requestAnimationFrame(() => (mark(), (waiting = false)));
    waiting = true;
  };
  if (links.length) addEventListener("scroll", soon, { passive: true });
}
