"""From a key press on a slider of the page to the painted figure, in Chromium.

The clock starts with the key's own time stamp and stops in the first task after the frame that shows the new
state. Chromium is asked to run without its frame-rate limit, yet now and then it keeps a whole session to the screen's
tick. So the wait from the end of the key's events to the start of that frame, which no page can shorten, is measured
too and left out of the page's work. A wait that is itself longer than a tick (17 ms) says that Chromium is still busy
with the picture before: then the figure is too rich.
"""

import statistics

from benchmarks.page import EXPLORABLE, SITE, visiting

KEYS = 200

LISTEN = """() => {
    let handled = 0;
    addEventListener('input', () => handled = performance.now());
    addEventListener('keydown', event => requestAnimationFrame(() => {
        const began = performance.now(), after = new MessageChannel();
        after.port1.onmessage = () => {
            const whole = performance.now() - event.timeStamp;
            painted([whole, whole - (began - handled)]);
        };
        after.port2.postMessage(0);
    }), true);
}"""


def press(tab, slider) -> list[tuple[float, float]]:
    """Walk the slider's grid to and fro; for each key press that moved it, milliseconds in all and without the wait."""
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
    """Print medians and 95th percentiles for each slider of each explorable."""
    print("| slider | to paint: median, ms | 95 %, ms | work alone: median, ms | 95 %, ms (bar ≤ 16.7) |")
    print("|---|---|---|---|---|")
    seen = set()
    with visiting("--disable-frame-rate-limit", "--disable-gpu-vsync") as (browser, address):
        for page in sorted((SITE / "book").glob("*.html")):
            names = [name for name in EXPLORABLE.findall(page.read_text(encoding="utf-8")) if name not in seen]
            seen |= set(names)
            if not names:
                continue
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
                    cells = [f"{name}, {slider.get_attribute('data-control')}"]
                    for spent in zip(*press(tab, slider), strict=True):
                        cells += [f"{statistics.median(spent):.1f}", f"{statistics.quantiles(spent, n=20)[-1]:.1f}"]
                    print(f"| {' | '.join(cells)} |", flush=True)
            tab.close()
