"""axe-core in an open page: all its rules, best practice included."""

from pathlib import Path

import axe_playwright_python

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Rules that are off unless asked for. Told to preload, axe asks for the style sheets anew, those that they import at a
# wrong place.
FAULTS = """([colours, sizes]) => axe.run(document, {
  resultTypes: ['violations'], preload: false,
  rules: { 'label-content-name-mismatch': { enabled: true }, 'target-size': { enabled: sizes },
    'color-contrast': { enabled: colours }, 'link-in-text-block': { enabled: colours } },
}).then(found => found.violations.flatMap(({ id, nodes }) => nodes
  .filter(({ html }) => !(id === 'empty-table-header' && html.includes('<math'))) // axe reads no MathML
  .map(({ html, failureSummary }) => [id, html.slice(0, 160), failureSummary])))"""

# What a reader may do on a page: open what is folded and the menus, move every slider, choose, commit, pin.
USE = """() => {
  document.querySelectorAll('details').forEach(folded => folded.open = true);
  document.querySelectorAll('[data-bs-toggle=dropdown]').forEach(button => button.click());
  for (const figure of document.querySelectorAll('figure.explorable')) {
    for (const slider of figure.querySelectorAll('input[type=range]')) {
      slider.value = +slider.value ? 0 : 1;
      slider.dispatchEvent(new Event('input', { bubbles: true }));
    }
    for (const press of ['.choice label:last-child', '.ask label', '.ask .commit button', '.pin'])
      figure.querySelector(press)?.click();
  }
}"""
# What scrolls takes the focus; the theme sees to it a while after the page has another width.
SCROLLS = """() => [...document.querySelectorAll('pre, div.math, .pst-scrollable-table-container')]
  .every(e => e.scrollWidth <= e.clientWidth + 1 || e.tabIndex === 0 || e.querySelector('a[href]'))"""


def faults(tab, colours: bool, sizes: bool) -> list[list[str]]:
    """(rule, mark-up, what is amiss) of all that axe finds on the page.

    The rules of ``colours`` take three quarters of its time, and that of the ``sizes`` of what can be pressed a tenth:
    of a page that is asked about many times, they are asked wherever their answer could be another.
    """
    if not tab.evaluate("!!window.axe"):
        tab.evaluate(SOURCE)
    return tab.evaluate(FAULTS, [colours, sizes])
