"""What a move of a live slider costs: from asking Python in the page for a state off the grid to the painted figure.

Of each scene that trains nothing, its first slider whose values may lie between the grid's. Where a state trains a
network, as in three scenes, the page says that it computes.
"""

import statistics

from benchmarks.page import SITE, explorables
from benchmarks.report import Row, Size
from benchmarks.run import visiting

TRAINS = {"train_it", "net_landscape", "dropout_and_norm"}
MOVES = """async ([name, times]) => {
  const { python } = document.querySelector('.run-bar')
  const figure = document.querySelector(`figure.explorable[data-name="${name}"]`)
  figure.scrollIntoView()
  while (!('live' in figure.dataset)) await new Promise(requestAnimationFrame)
  const { axes, controls, groups, value, paint } = figure.explorable
  const between = (c, share) => figure.live.value(c, (controls[c][1].length - 1) * share)
  const off = (c, number) => !controls[c][1].includes(number) && figure.live.takes(c, number)
  const free = groups.findIndex((group, c) => !group[1] && controls[c][1].length > 1 && off(c, between(c, 0.37)))
  if (free < 0) return []
  const spent = []
  for (let k = 0; k < times; k++) {
    const state = Object.fromEntries(controls.map(([control], c) => [control, value(c)]))
    state[controls[free][0]] = between(free, (k + 0.37) / times)
    const begin = performance.now()
    const { fragments, says } = await python.ask('frame', { name, state, axes })
    paint(fragments, says)
    await new Promise(painted => requestAnimationFrame(() => setTimeout(painted)))
    spent.push(performance.now() - begin)
  }
  return spent
}"""
MOVE = "move of a live slider off the grid to the painted figure, median of each scene that trains nothing"


def main(size: Size) -> list[Row]:
    """Print for each scene the median and the longest of some moves."""
    found = list(SITE.glob("_static/runtime/*/files.json"))
    if not found:
        print("The site was built without Python: there is nothing to measure.")
        return []
    chapters = [page for page in sorted(SITE.glob("book/0*.html")) if explorables(page)]
    medians = []
    print("| scene | median, ms | longest, ms |\n|---|---|---|")
    with visiting("") as (browser, address, _):
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        for page in chapters if size.whole else chapters[:1]:
            tab = context.new_page()
            tab.goto(f"{address}/{page.relative_to(SITE).as_posix()}")
            tab.click(".run-page")
            tab.wait_for_function("document.documentElement.dataset.python === 'ready'", timeout=300_000)
            for name in explorables(page):
                # The first move of a scene sets it up; the longest says how long that took.
                spent = tab.evaluate(MOVES, [name, 11]) if name not in TRAINS else []
                if spent:
                    medians.append(statistics.median(spent))
                    print(f"| {name} | {medians[-1]:.0f} | {max(spent):.0f} |", flush=True)
            tab.close()
        context.close()
    return [Row(MOVE, tuple(medians), 100, "ms")]
