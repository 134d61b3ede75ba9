"""Each explorable fits a laptop and a phone: figure and controls are seen together, all can be hit."""

import pytest

from tests.browser.conftest import settled
from tests.browser.test_explorables import EXPLORING

SCREENS = {
    "laptop": {"viewport": {"width": 1366, "height": 768}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}

# What cannot be seen or hit. A bar of the theme's stays at the top; on a phone that is less high the figure stays
# below it while its controls pass.
FAULTS = """(figure, narrow) => {
  const box = (element) => element.getBoundingClientRect();
  const faults = [];
  const drawing = figure.querySelector("svg.xp");
  const controls = [...figure.querySelectorAll(".controls :is(button, .choice label, .slider input)")];
  const bar = box(document.querySelector(".bd-header-article")).height;
  const all = [drawing, ...controls].map(box);
  const height = Math.max(...all.map((b) => b.bottom)) - Math.min(...all.map((b) => b.top));
  if (height > innerHeight - bar) faults.push(`figure and controls are ${height} high`);
  for (const control of controls) {
    control.scrollIntoView({ block: "end", behavior: "instant" });
    const { top, bottom } = box(drawing);
    const seen = top >= bar - 3 && bottom <= innerHeight;
    if (narrow && !(seen && bottom <= box(control).top + 3)) faults.push(`${control.outerHTML} hides the figure`);
  }
  const ask = figure.querySelector(".ask"); // the front page asks nothing
  for (const element of [...controls, ...(ask?.checkVisibility() ? ask.querySelectorAll("label") : [])])
    if (box(element).height < 40) faults.push(`${element.outerHTML} is ${box(element).height} high`);
  if (document.documentElement.scrollWidth > innerWidth) faults.push("the page is wider than the screen");
  return faults;
}"""


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("page", EXPLORING)
def test_figure_and_controls_are_seen_together(visit, served, page, screen):
    with visit(served, page, reduced_motion="no-preference", **SCREENS[screen]) as tab:
        found = (
            settled(tab)
            .locator("figure.explorable")
            .evaluate_all(
                f"(figures, narrow) => figures.map(figure => [figure.id, ({FAULTS})(figure, narrow)])",
                screen == "phone",
            )
        )
        assert [name for name, _ in found] != []
        assert {name: faults for name, faults in found if faults} == {}
