"""A stock Jupyter Book with nothing but the extension named: both themes, then an edited scene and a renamed page."""

import html
import re

import pytest

from tests.browser.contrast import COLOUR, FAINT_TEXT

PAGES = ("waves.html", "tides.html")
SLABS = f"""() => {{
    {COLOUR}
    const page = luminance(paper(document.querySelector('article')));
    return [...document.querySelectorAll('.cell_output, .cell_output *')]
        .filter(e => e.checkVisibility() && !e.closest('fieldset, .ask'))
        .map(e => [e.tagName, e.className?.baseVal ?? e.className, Math.abs(luminance(paper(e)) - page)])
        .filter(([, , step]) => step > .05);
}}"""
CURVE = re.compile(r'<path d="([^"]*)" style="fill:none;stroke:var\(--xp-blue\)')


@pytest.fixture(scope="module")
def built(stock):
    """The stock book, and what its first build said."""
    return stock, stock.build()


def curve(page: str) -> int:
    """The number of points of the drawn curve."""
    return len(CURVE.search(page).group(1).split())


def test_the_figures_are_on_their_pages_once_with_their_scripts_and_states(built):
    book, said = built
    waves, tides = ((book.html / name).read_text(encoding="utf-8") for name in PAGES)
    assert "explorable wave: 5 states, " in said
    assert waves.count('<figure class="explorable"') == tides.count('<figure class="explorable"') == 1
    assert tides.count('<figure class="still"') == 1
    assert "<img" not in tides.partition("<article")[2].partition("</article")[0]
    for script in ("explorable.js", "ask.js"):
        assert script in waves
        assert (book.html / "_static" / script).exists()
    assert "drag.js" not in waves
    assert "explorable.js" not in (book.html / "intro.html").read_text(encoding="utf-8")
    (states,) = (book.html / "_static" / "explorables").iterdir()
    assert f'data-states="_static/explorables/{states.name}"' in waves


def test_each_explorable_has_a_page_of_its_own_and_a_picture_that_leads_there(built, chromium):
    tab = chromium.new_page()
    tab.goto((built[0].html / "intro.html").as_uri())
    (card,) = tab.locator(".xp-gallery li").all()
    assert card.locator("svg.xp [style*='--xp-blue']").count() == 1
    # The scene's title and question, and the title of the page which shows it.
    assert [line for line in card.inner_text().split("\n") if line][-3:] == ["Wave", "What does k count?", "Waves"]
    assert card.locator("a").last.get_attribute("href") == "waves.html#xp-wave"
    card.locator("a").first.click()
    tab.wait_for_url("**/explorables/wave.html")
    tab.locator("figure.explorable[data-ready]").wait_for()
    tab.locator("[data-control=k]").press("End")
    tab.get_by_text("there are 5 waves").wait_for()
    tab.get_by_role("link", name="Waves").click()
    tab.wait_for_url("**/waves.html")
    page = tab.locator("figure.explorable").evaluate("f => new URL(f.dataset.page, location).pathname")
    assert page == (built[0].html / "explorables" / "wave.html").as_posix()
    tab.close()


def test_no_id_is_used_twice_on_a_page(built):
    for name in PAGES:
        ids = re.findall(r'\sid="([^"]*)"', (built[0].html / name).read_text(encoding="utf-8"))
        assert {"wave", "xp-wave"} <= set(ids) or name == "tides.html"
        ours = [found for found in ids if found.startswith("xp-")]
        assert len(ours) == len(set(ours)) > 1


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("page", PAGES)
def test_both_themes_can_be_read_and_no_figure_lies_on_a_slab(built, chromium, page, theme):
    context = chromium.new_context(color_scheme=theme, viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto((built[0].html / page).as_uri())
    tab.wait_for_selector(f"html[data-theme={theme}]")
    tab.wait_for_selector("figure.explorable[data-ready]", state="attached")
    assert tab.evaluate(SLABS) == []
    ours = "figure.explorable, figure.still"
    tab.evaluate(f"() => document.body.replaceChildren(...document.querySelectorAll('{ours}'))")
    assert tab.evaluate(FAINT_TEXT) == []
    context.close()


def test_its_sliders_move_it_from_the_disk_and_an_address_leads_to_a_state(built, chromium):
    tab = chromium.new_page(viewport={"width": 1000, "height": 500})
    tab.goto(f"{(built[0].html / 'tides.html').as_uri()}#wave:k=4")
    figure = tab.locator("figure.explorable[data-ready]")
    figure.get_by_text("there are 4 waves").wait_for()
    assert figure.evaluate("f => { const b = f.getBoundingClientRect(); return b.top < innerHeight && b.bottom > 0 }")
    tab.locator("input[type=range]").press("End")
    figure.get_by_text("there are 5 waves").wait_for()
    tab.close()


def test_the_states_of_a_figure_far_below_are_not_loaded_before_it_is_near(built, chromium):
    tab = chromium.new_page(viewport={"width": 1000, "height": 150})
    asked = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto((built[0].html / "tides.html").as_uri())
    tab.wait_for_load_state("networkidle")
    assert not [url for url in asked if "explorables/" in url]
    tab.locator("figure.explorable").scroll_into_view_if_needed()
    tab.locator("figure.explorable[data-ready]").wait_for(state="attached")
    assert len([url for url in asked if "explorables/" in url]) == 1
    tab.close()


def test_an_edited_scene_and_a_renamed_page_build_anew(built):
    book, _ = built
    before = curve((book.html / "waves.html").read_text(encoding="utf-8"))
    (book.root / "waves.md").rename(book.root / "seas.md")
    book.replace("_toc.yml", "waves", "seas")
    book.replace("ripples.py", "COUNT = 60", "COUNT = 20")
    book.replace("ripples.py", "Between 0 and 1", "On the whole line")
    said = book.build()  # the old page's file still stands in the folder, with the figure of before
    assert (book.html / "waves.html").exists()
    assert said.count("explorable wave: 5 states") == 2
    assert "../seas.html" in (book.html / "explorables" / "wave.html").read_text(encoding="utf-8")
    for name in ("seas.html", "tides.html", "intro.html", "explorables/wave.html"):
        page = html.unescape((book.html / name).read_text(encoding="utf-8"))
        assert ("On the whole line there are 1 waves." in page) == (name != "intro.html")
        assert curve(page) < before


def test_a_build_of_what_has_not_changed_runs_nothing(built):
    book, _ = built
    tides = book.root / "tides.md"
    tides.write_text(tides.read_text(encoding="utf-8") + "\nA last line.\n", encoding="utf-8")
    said = book.build()
    assert "Using cached notebook" in said
    assert "Executing notebook" not in said
