"""From a key press on a slider of the page to the painted figure, in Chromium.

The clock starts with the key's own time stamp and stops in the first task after the frame that shows the new
state. Chromium runs without its frame-rate limit: what is measured is the page's work, not the wait for the
screen's next refresh, which no page can shorten.
"""

import statistics

from benchmarks.page import EXPLORABLE, SITE, visiting

KEYS = 200

LISTEN = """() => addEventListener('keydown', event => requestAnimationFrame(() => {
    const after = new MessageChannel();
    after.port1.onmessage = () => painted(performance.now() - event.timeStamp);
    after.port2.postMessage(0);
}), true)"""


def press(tab, slider) -> list[float]:
    """Walk the slider's grid to and fro; milliseconds for each key press that moved it."""
    slider.focus()
    slider.press("Home")
    last = int(slider.get_attribute("max"))
    spent = []
    for k in range(KEYS):
        tab.evaluate("() => { window.frame = new Promise(done => window.painted = done) }")
        tab.keyboard.press("ArrowRight" if k // last % 2 == 0 else "ArrowLeft")
        spent.append(tab.evaluate("() => frame"))
    return spent


def main() -> None:
    """Print median and 95th percentile for each slider of each explorable."""
    print("| slider | median, ms | 95 %, ms (bar ≤ 16.7) |\n|---|---|---|")
    seen = set()
    with visiting("--disable-frame-rate-limit", "--disable-gpu-vsync") as (browser, address):
        for page in sorted((SITE / "book").glob("[0-9]*.html")):
            names = [name for name in EXPLORABLE.findall(page.read_text(encoding="utf-8")) if name not in seen]
            seen |= set(names)
            tab = browser.new_page(viewport={"width": 1280, "height": 800})
            tab.goto(f"{address}/{page.relative_to(SITE).as_posix()}")
            tab.evaluate("() => window.MathJax?.startup?.promise")
            tab.wait_for_timeout(3000)  # a reader has read the question by then, and Chromium has come to rest
            for name in names:
                tab.wait_for_selector(f"#{name}[data-ready]", state="attached")
            tab.evaluate("() => { window.painted = () => {} }")
            tab.evaluate(LISTEN)
            for name in names:
                for slider in tab.locator(f"#{name} input[type=range]").all():
                    spent = press(tab, slider)
                    slow = statistics.quantiles(spent, n=20)[-1]
                    control = slider.get_attribute("data-control")
                    print(f"| {name}, {control} | {statistics.median(spent):.1f} | {slow:.1f} |", flush=True)
            tab.close()
