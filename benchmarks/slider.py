"""From a key press on a slider of the page to the painted figure, in Chromium.

The clock starts with the key's own time stamp and stops in the first task after the frame that shows the new
state. Chromium is asked to run without its frame-rate limit, yet now and then it keeps a whole session to the screen's
tick. So the wait from the end of the key's events to the start of that frame, which no page can shorten, is measured
too and left out of the page's work. A wait that is itself longer than a tick (17 ms) says that Chromium is still busy
with the picture before: then the figure is too rich.
"""

import statistics
from collections.abc import Sequence

from benchmarks.page import CHAPTER_1, SITE, explorables, visiting
from benchmarks.report import Row, Size

KEYS = 200
#: The figures that are heaviest to draw, all on one page: they are walked with a pinned frame as well.
HEAVY, THEIRS = ("terrain", "hills", "net_landscape"), "book/08_landscapes.html"

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


def press(tab, slider, keys: int) -> list[tuple[float, float]]:
    """Walk the slider's grid to and fro; for each key press that moved it, milliseconds in all and without the wait."""
    slider.focus()
    slider.press("Home")
    last = int(slider.get_attribute("max"))
    spent = []
    for k in range(keys):
        tab.evaluate("() => { window.frame = new Promise(done => window.painted = done) }")
        tab.keyboard.press("ArrowRight" if k // last % 2 == 0 else "ArrowLeft")
        spent.append(tab.evaluate("() => frame"))
    return spent


def ready(browser, address: str, names: Sequence[str], rest: float):
    """A tab with the page, whose explorables are ready and listened to."""
    tab = browser.new_page(viewport={"width": 1280, "height": 800})
    tab.goto(address)
    tab.wait_for_timeout(rest)  # a reader has read the question by then, and Chromium has come to rest
    for name in names:
        tab.locator(f"#xp-{name}").scroll_into_view_if_needed()
        tab.wait_for_selector(f"#xp-{name}[data-ready]", state="attached")
    tab.evaluate("() => { window.painted = () => {} }")
    tab.evaluate(LISTEN)
    return tab


def walked(tab, name: str, size: Size, pinned: str = "") -> list[float]:
    """Print the row of each slider of an explorable; the 95th percentiles of its work."""
    found = []
    for slider in tab.locator(f"#xp-{name} input[type=range]").all():
        cells = [f"{name}{pinned}, {slider.get_attribute('data-control')}"]
        for spent in zip(*press(tab, slider, size.steps(KEYS)), strict=True):
            slow = statistics.quantiles(spent, n=20)[-1]
            cells += [f"{statistics.median(spent):.1f}", f"{slow:.1f}"]
        found.append(slow)
        print(f"| {' | '.join(cells)} |", flush=True)
    return found


def main(size: Size) -> list[Row]:
    """Print medians and 95th percentiles for each slider of each explorable of chapter 1, or of every page.

    The heaviest figures are walked once more with a pinned frame.
    """
    print("| slider | to paint: median, ms | 95 %, ms | work alone: median, ms | 95 %, ms |")
    print("|---|---|---|---|---|")
    work: dict[str, list[float]] = {}
    seen = set()
    with visiting("--disable-frame-rate-limit", "--disable-gpu-vsync") as (browser, address):
        for page in sorted((SITE / "book").glob("*.html")) if size.every_page else [SITE / CHAPTER_1]:
            names = [name for name in explorables(page) if name not in seen]
            seen |= set(names)
            if not names:
                continue
            path = page.relative_to(SITE).as_posix()
            tab = ready(browser, f"{address}/{path}", names, rest=3000 * size.share)
            for name in names if size.whole else names[:1]:
                work.setdefault(path, []).extend(walked(tab, name, size))
            tab.close()
        tab, pinned = ready(browser, f"{address}/{THEIRS}", HEAVY, rest=3000 * size.share), []
        for name in HEAVY if size.whole else HEAVY[:1]:
            tab.click(f"#xp-{name} .pin")
            pinned += walked(tab, name, size, ", pinned")
    measure = (
        "key press on a slider of the page to the painted figure, without the wait for the screen, 95th percentile"
    )
    under = "the same with a pinned frame under the next ones, in the figures that are heaviest to draw"
    rows = [Row(measure, tuple(work.pop(CHAPTER_1)), 16.7, "ms"), Row(under, tuple(pinned), 16.7, "ms")]
    return rows + [Row(f"the same on {path}", tuple(found), 16.7, "ms") for path, found in work.items()]
