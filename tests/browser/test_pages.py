"""Every page: complete without another host, set in type, in order, and as wide as the reader's screen."""

from itertools import pairwise, product

import pytest

from coursepkg.explorable.ink import PALETTE
from tests.browser.axe import SCROLLS, USE, faults
from tests.browser.conftest import EXTRA, PAGES, PHONE, WIDE, settled
from tests.browser.contrast import FAINT_ICONS, FAINT_TEXT, INKS
from tests.browser.test_fit import SCREENS

HEADINGS = """() => [...document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')]
    .filter(h => h.checkVisibility()).map(h => +h.tagName[1])"""

UNNAMED = """() => [...document.querySelectorAll('input, select, textarea, button, summary, a[href]')]
    .filter(e => e.checkVisibility() && !e.labels?.length && !e.getAttribute('aria-label')
        && !e.getAttribute('aria-labelledby') && !e.title && !e.placeholder && !e.innerText.trim()
        && !e.querySelector('img[alt]:not([alt=""]), svg > title')).map(e => e.outerHTML.slice(0, 120))"""

MUTE = """() => [...document.querySelectorAll('img, svg')]
    .filter(e => !e.closest('[aria-hidden=true]') && (e.tagName === 'IMG'
        ? !e.alt.trim() || /^\\S+\\.(png|svg|jpg)$/.test(e.alt)
        : !e.getAttribute('aria-label')?.trim() && !e.querySelector(':scope > title')))
    .map(e => e.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("page", EXTRA)
def test_the_site_answers_every_request_and_nothing_complains(visit, origin, page):
    with visit(origin, page) as tab:
        settled(tab).wait_for_load_state("networkidle")


def complete(tab):
    """Assert that all requests are answered, the fonts' too."""
    tab.wait_for_load_state("networkidle")
    # A font that did not load leaves formulas in the system's letters; of the stand-ins for the text's own face, which
    # come from the system and not from the site, none need be there.
    lost = tab.evaluate("() => [...document.fonts].filter(f => f.status === 'error').map(f => f.family)")
    assert [family for family in lost if "as wide in" not in family] == []


@pytest.mark.parametrize("page", [*{page.rpartition("/")[0]: page for page in PAGES}.values(), "book/05_descent.html"])
def test_nothing_complains_and_every_font_loads_from_the_disk(visit, site, page):
    """One page of each folder, and a chapter: from the disk all others find the same, and links are tested by file."""
    with visit(site.as_uri(), page) as tab:
        complete(settled(tab))


def test_nothing_complains_and_every_font_loads(tab):
    """What complained on the served page fails as its tab is closed."""
    complete(tab)


def ways(tab):
    """The page on both screens in both themes, one after the other; it ends as it began, wide and light."""
    for size, theme in product((PHONE, WIDE), ("dark", "light")):
        tab.set_viewport_size(size)
        tab.emulate_media(color_scheme=theme)
        tab.wait_for_selector(f"html[data-theme={theme}]")
        yield size, theme


def test_axe_finds_nothing(tab):
    """As the page opens, each rule wherever its answer could be another: colours, wide and in the light."""
    for size, theme in ways(tab):
        tab.wait_for_function(SCROLLS)
        light = theme == "light"
        assert faults(tab, colours=light and size is WIDE, sizes=light) == [], (size, theme)


def test_a_page_can_be_walked_by_its_headings_and_landmarks(tab):
    levels = tab.evaluate(HEADINGS)
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in pairwise(levels)), levels
    assert tab.locator("html[lang=en]").count() == 1
    assert tab.locator("main").count() == 1
    assert tab.locator("main article").count() == 1
    assert tab.locator("nav[aria-label]").count() >= 1
    assert tab.locator("footer").count() >= 1
    assert tab.title().startswith(" ".join(tab.locator("article h1").inner_text().removesuffix("#").split()))


def test_everything_has_a_name_for_who_cannot_see_it(tab):
    assert tab.evaluate(MUTE) == []
    assert tab.evaluate(UNNAMED) == []


CUT_OFF = """() => [...document.querySelectorAll('article *')].filter(e => e.checkVisibility()
    && e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest('svg, math, pre, table, div.math, .pst-scrollable-table-container'))
    .map(e => e.outerHTML.slice(0, 120))"""


# 320 is a laptop's 1280 at 400 %, 640 at 200 %.
@pytest.mark.parametrize("width", [320, 360, 640, 768, 1280])
def test_no_page_scrolls_sideways(tab, width):
    tab.set_viewport_size({"width": width, "height": 740})
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    # What hangs over without making the page scroll is cut off, which is worse.
    assert tab.evaluate(CUT_OFF) == []


# The words of figures, but for the pictures of a gallery, each of which leads to what can be read.
SMALL = """() => [...document.querySelectorAll("svg.xp:not([aria-hidden]) text")]
  .filter((text) => text.checkVisibility())
  .map((text) => {
    const { a, b } = text.getScreenCTM(); // a label that stands upright has its scale in b
    return [text.textContent, parseFloat(getComputedStyle(text).fontSize) * Math.hypot(a, b)];
  })
  .filter(([_, size]) => size < 11)"""


@pytest.mark.parametrize("screen", SCREENS)
def test_the_words_of_figures_can_be_read(tab, screen):
    tab.set_viewport_size(SCREENS[screen]["viewport"])
    assert tab.evaluate(SMALL) == []


def test_the_gallery_shows_each_explorable_once(visit, served, site):
    with visit(served, "book/gallery.html") as tab:
        shown = tab.locator(".xp-gallery .whole").evaluate_all("links => links.map(a => a.pathname)")
        assert sorted(shown) == sorted(f"/explorables/{path.name}" for path in site.glob("explorables/*.html"))
        assert len(set(shown)) == len(shown) > 30
        left, title = (tab.locator(place).bounding_box()["x"] for place in (".xp-gallery", "article h1"))
        assert left == pytest.approx(title, abs=1)  # and not set in as a list
        for card in tab.locator(".xp-gallery li").all():
            card.scroll_into_view_if_needed()
            picture = card.locator("svg.xp").bounding_box()
            assert picture["width"] > picture["height"] > 100
            assert card.locator("p").inner_text().strip()


# What a reader may have the text spaced as (WCAG 2.2, 1.4.12), and what then is cut off: it has words, hides what is
# beyond its rim, and something is.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
SPACED += "p { margin-bottom: 2em !important }"
CUT_SHORT = """() => [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && e.innerText?.trim()
    && !/visible|auto|scroll/.test(getComputedStyle(e).overflow) && e.clientWidth > 1
    && (e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1))
  .map(e => [e.outerHTML.slice(0, 120), e.scrollWidth, e.clientWidth, e.scrollHeight, e.clientHeight])"""
WORDS_CUT = """() => [...document.querySelectorAll('svg.xp')].flatMap(svg => {
  const paper = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => text.checkVisibility()
    && (text.getBoundingClientRect().right > paper.right + 1 || text.getBoundingClientRect().left < paper.left - 1))
    .map(text => text.textContent);
})"""


# At 400 %, 200 % and 100 %; the standard asks for each, not for both at once.
@pytest.mark.parametrize("width", [320, 640, 1280])
def test_nothing_is_cut_where_the_reader_spaces_the_text(tab, width):
    tab.set_viewport_size({"width": width, "height": 740})
    style = tab.add_style_tag(content=SPACED)
    try:
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        assert [tab.evaluate(fault) for fault in (CUT_OFF, CUT_SHORT, WORDS_CUT)] == [[], [], []]
    finally:
        style.evaluate("style => style.remove()")


# These use the page, open what was folded and change the colours, so they are its last.


def test_axe_finds_nothing_once_the_page_has_been_used(tab):
    """Colours on a phone, in the dark; our own test of them measures all text on both screens in both themes."""
    tab.evaluate(USE)
    for size, theme in ways(tab):
        tab.wait_for_function(SCROLLS)
        light = theme == "light"
        assert faults(tab, colours=not light and size is PHONE, sizes=light) == [], (size, theme)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_all_stands_out_in_the_readers_own_colours(tab, theme):
    """Forced colours, and the page in the other theme, as a reader may have chosen it: figures keep their own paper."""
    tab.emulate_media(forced_colors="active", color_scheme=theme)
    tab.evaluate("theme => document.documentElement.dataset.theme = theme", {"light": "dark", "dark": "light"}[theme])
    try:
        assert tab.evaluate(FAINT_TEXT) == []
        assert tab.evaluate(FAINT_ICONS) == []
    finally:
        tab.emulate_media(forced_colors="none")
        tab.evaluate("theme => document.documentElement.dataset.theme = theme", theme)


def test_all_text_stands_out(tab):
    for way in ways(tab):
        assert tab.evaluate(FAINT_TEXT) == [], way


def test_the_inks_of_figures_stand_out(tab):
    names = [colour.name for colour in PALETTE if colour.name != "paper"]
    figures = tab.locator("figure.explorable").count()
    for theme in ("light", "dark"):
        tab.emulate_media(color_scheme=theme)
        tab.wait_for_selector(f"html[data-theme={theme}]")
        ratios = tab.evaluate(INKS, names)
        assert len(ratios) == figures * len(names)
        assert all(ratio >= 3 for ratio in ratios), (theme, ratios)


def test_the_first_tab_leads_past_the_menus(visit, served):
    with visit(served, PAGES[0]) as tab:
        tab.keyboard.press("Tab")
        focused = tab.locator(":focus")
        assert focused.get_attribute("href") == "#main-content"
        assert focused.is_visible()


def test_the_sites_address_leads_to_the_front_page(visit, origin):
    with visit(origin, "index.html") as tab:
        tab.wait_for_url(f"{origin}/{PAGES[0]}")
        settled(tab)


def test_the_front_page_shows_a_working_explorable_and_three_doors(visit, served):
    with visit(served, PAGES[0]) as tab:
        settled(tab)
        slider = tab.locator("figure.explorable input[type=range]").first
        box = slider.bounding_box()
        assert box["y"] + box["height"] < 800, "the first slider is below the fold"
        before = tab.locator("figure.explorable svg").inner_html()
        slider.press("ArrowLeft")  # the weight begins at its largest
        assert tab.locator("figure.explorable svg").inner_html() != before
        doors = tab.locator(".doors .sd-card")
        assert doors.locator(".sd-card-title").all_inner_texts() == ["Read", "Run", "Teach"]
        for link in doors.locator("a[href]").all():
            assert tab.request.get(link.evaluate("a => a.href")).ok


def test_a_menu_opens_by_key_and_closes_by_escape_and_by_what_follows(visit, served):
    with visit(served, "book/05_descent.html") as tab:
        button, menu = tab.locator(".dropdown-toggle").first, tab.locator(".dropdown-menu").first
        button.press("Enter")
        assert menu.is_visible()
        assert button.get_attribute("aria-expanded") == "true"
        box = menu.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDE["width"]
        tab.keyboard.press("Escape")
        assert menu.is_hidden()
        assert button.evaluate("b => b === document.activeElement")
        button.click()
        tab.locator("article h1").click()
        assert menu.is_hidden()
        assert button.get_attribute("aria-expanded") == "false"


def test_a_browser_that_keeps_nothing_shows_the_page_all_the_same(visit, served):
    with visit(served, "book/05_descent.html", alone=True) as tab:
        tab.add_init_script(
            "Object.defineProperty(window, 'localStorage',"
            "{ configurable: true, get() { throw new DOMException('refused', 'SecurityError') } })"
        )
        tab.reload()
        settled(tab).locator(".theme-switch-button").click()
