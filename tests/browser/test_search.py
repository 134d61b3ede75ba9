"""The search, in a real browser: what a reader types, well or badly, leads to where the book speaks of it."""

import pytest

from tests.browser.conftest import PHONE, WIDE

#: What is typed, and the place that must be among the first three.
ASKED = {
    "gradient descent": "glossary.html#term-gradient-descent",
    "gradent descnet": "glossary.html#term-gradient-descent",
    "perceptrn": "glossary.html#term-perceptron",
    "sotfmax": "glossary.html#term-softmax",
    "backpropogation": "book/04_backprop.html#backpropagation",
    "regularization": "book/07_regularisation.html#regularisation",
    "vanishing gradeint": "book/03_activations.html#xp-whisper",
    "saddel escape": "book/08_landscapes.html#xp-saddle_escape",
    "fair race": "book/06_stochastic.html#xp-fair_race",
    "momentm": "book/06_stochastic.html#momentum-remember-the-last-step",
    "XOR": "book/02_mlp.html#xor-by-hand",
    r"\frac{\kappa - 1}{\kappa + 1}": "book/05_descent.html#two-directions-two-speeds",
    "κ": "glossary.html#term-condition-number",
    "Trainer": "training.html#coursepkg.engine.training.Trainer",
    "hessain": "glossary.html#term-Hessian",
    "early stoping": "book/07_regularisation.html#stopping-is-shrinking",
}


def test_each_question_typed_well_or_badly_leads_to_its_place(visit, site):
    with visit(site.as_uri(), "search.html?q=loss") as tab:
        tab.wait_for_function("window.courseSearch && window.courseIndex")
        found = tab.evaluate(
            "asked => asked.map(one => courseSearch(one).slice(0, 3).map(({ address }) => address))", list(ASKED)
        )
        for (asked, place), addresses in zip(ASKED.items(), found, strict=True):
            assert any(address.endswith(place) for address in addresses), (asked, addresses)
        assert tab.evaluate("courseSearch('zzyzx').length") == 0
        formula = tab.evaluate(r"courseSearch('\\frac{\\kappa - 1}{\\kappa + 1}')[0]")
        assert formula["kind"] == "formula"
        assert formula["formula"].startswith("<math")


def test_the_page_of_the_search_is_light_until_something_is_asked(visit, served):
    with visit(served, "search.html", alone=True) as tab:
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.wait_for_load_state("networkidle")
        assert tab.evaluate("window.courseIndex") is None
        held = []
        tab.route("**/search.js", lambda route: held.append(route))
        tab.locator("article input").fill("saddle")
        while not held:  # what is typed while the script is on its way is not lost
            tab.evaluate("0")
        held[0].continue_()
        tab.locator(".search-results a").first.wait_for()
        assert sum("search" in url for url in asked) == 2


@pytest.mark.parametrize("window", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_search_opens_by_key_shows_what_it_finds_and_leads_there(visit, origin, window):
    """From a host and from a disk; what it needs is asked for when the field is."""
    with visit(origin, "book/05_descent.html", viewport=window) as tab:
        asked = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.keyboard.press("Control+k")
        dialog = tab.locator("#pst-search-dialog")
        tab.keyboard.type("saddel")
        first = dialog.locator(".search-results a").first
        first.wait_for()
        assert sum("search" in url for url in asked) == 2
        assert dialog.get_by_role("status").inner_text().endswith("Enter shows more")
        icon, field = dialog.locator("form i").bounding_box(), dialog.locator("input")
        inset = field.evaluate("f => parseFloat(getComputedStyle(f).paddingLeft) + f.getBoundingClientRect().left")
        assert icon["x"] + icon["width"] < inset, "the magnifier lies over the text"
        assert dialog.evaluate("d => d.scrollWidth <= d.clientWidth")
        marked = dialog.locator("mark").first.inner_text()
        assert "saddle" in marked.lower()
        tab.keyboard.press("ArrowDown")
        assert first.evaluate("a => a === document.activeElement")
        tab.keyboard.press("ArrowUp")
        assert field.evaluate("f => f === document.activeElement")
        tab.keyboard.press("ArrowDown")
        place = first.get_attribute("href")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"**/{place.removeprefix('../')}")


def test_the_searchs_page_takes_its_question_from_the_address(visit, served):
    with visit(served, "search.html?q=perceptron") as tab:
        results = tab.locator(".bd-article .search-results")
        results.locator("a[href*='01_perceptron']").first.wait_for()
        assert results.locator("a").count() > 12
        tab.locator(".bd-article form input").fill("zzyzx")
        assert "Nothing is found" in tab.locator(".bd-article [role=status]").inner_text()
        assert results.locator("li").count() == 0
