"""The book to take away: the copy for the disk opens there, its sliders and its search work, and its size is told."""

import re
import zipfile

from tests.browser.conftest import PAGES


def test_the_copy_opens_from_the_disk_with_sliders_and_search(visit, site, tmp_path):
    with zipfile.ZipFile(site / "neural-networks.zip") as held:
        assert not [name for name in held.namelist() if "runtime" in name or name.endswith("service.js")]
        held.extractall(tmp_path)
    with visit((tmp_path / "neural-networks").as_uri(), "index.html") as tab:
        tab.wait_for_url(f"**/{PAGES[0]}")
        tab.get_by_role("link", name="Start with chapter 1").click()
        tab.wait_for_url("**/01_perceptron.html")
        figure = tab.locator("figure.explorable").first
        figure.scroll_into_view_if_needed()
        figure.and_(tab.locator("[data-ready]")).wait_for(state="attached")
        drawn, said = figure.locator("svg.xp").inner_html(), figure.locator(".says").inner_text()
        figure.locator("input[type=range]").first.press("ArrowLeft")
        assert figure.locator("svg.xp").inner_html() != drawn
        assert figure.locator(".says").inner_text() != said
        tab.keyboard.press("Control+k")
        tab.keyboard.type("newton")
        tab.locator("#pst-search-dialog .search-results a").first.wait_for()
        assert tab.locator(".take-away, .run-bar").count() == 0


def test_every_page_offers_the_copy_with_its_size(visit, site, served):
    weighs = f"{(site / 'neural-networks.zip').stat().st_size / 1e6:.1f} MB"
    for page in PAGES:
        html = (site / page).read_text(encoding="utf-8")
        offers = re.findall(r'<p class="take-away">.*?href="([^"]*)".*?</p>', html)
        assert offers == ["../" * page.count("/") + "neural-networks.zip"] * (1 + (page == PAGES[0])), page
        assert weighs in html
    with visit(served, PAGES[0]) as tab:
        with tab.expect_download() as download:
            tab.locator("article .take-away a").click()
        assert download.value.suggested_filename == "neural-networks.zip"
