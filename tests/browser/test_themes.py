"""Light and dark: both readable, chosen by the reader's system until the reader chooses."""

from itertools import product

import pytest

from coursepkg.explorable.ink import PALETTE
from tests.browser.conftest import PAGES, PHONE, WIDE, settled

# Any CSS colour as [r, g, b, alpha], and the contrast of two opaque ones (WCAG 2.2).
COLOUR = """
    const brush = new OffscreenCanvas(1, 1).getContext('2d', {willReadFrequently: true});
    const known = {};
    const rgba = colour => [...known[colour] ??= painted(colour)];
    const painted = colour => {
        brush.clearRect(0, 0, 1, 1); brush.fillStyle = colour; brush.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = brush.getImageData(0, 0, 1, 1).data;
        return [r, g, b, a / 255];
    };
    const over = (top, under) => [0, 1, 2].map(i => top[i] * top[3] + under[i] * (1 - top[3]));
    const luminance = rgb => rgb.map(v => v / 255)
        .map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
    const contrast = (a, b) => {
        const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
        return (light + .05) / (dark + .05);
    };
    const parents = e => e ? [...parents(e.parentElement), e] : [];
    const paper = e => parents(e).reduce(
        (under, p) => over(rgba(getComputedStyle(p).backgroundColor), under), [255, 255, 255]);
    const opacity = e => parents(e).reduce((all, p) => all * getComputedStyle(p).opacity, 1);
"""

FAINT_TEXT = f"""() => {{
    {COLOUR}
    const faint = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {{
        const e = texts.currentNode.parentElement;
        const words = texts.currentNode.data.trim();
        if (!words || !e.checkVisibility() || e.closest('script, style, :disabled, mjx-assistive-mml')) continue;
        const style = getComputedStyle(e);
        const colour = rgba(e.closest('svg') ? style.fill : style.color);
        const under = paper(e);
        colour[3] *= opacity(e);
        const size = parseFloat(style.fontSize);
        const large = size >= 24 || size >= 18.66 && style.fontWeight >= 700;
        const ratio = contrast(over(colour, under), under);
        if (ratio >= (large ? 3 : 4.5)) continue;
        faint.push(`${{ratio.toFixed(2)}} ${{e.tagName}}.${{e.className}}: ${{words.slice(0, 40)}}`);
    }}
    return faint;
}}"""

INKS = f"""names => {{
    {COLOUR}
    return [...document.querySelectorAll('figure.explorable')].flatMap(figure => {{
        const style = getComputedStyle(figure), under = paper(figure);
        return names.map(name => contrast(rgba(style.getPropertyValue('--xp-' + name)).slice(0, 3), under));
    }});
}}"""

BRIGHTNESS = f"() => {{ {COLOUR} return luminance(paper(document.querySelector('article'))); }}"


def test_all_text_stands_out(tab):
    tab.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    for size, theme in product((PHONE, WIDE), ("light", "dark")):
        tab.set_viewport_size(size)
        tab.emulate_media(color_scheme=theme)
        tab.wait_for_selector(f"html[data-theme={theme}]")
        assert tab.evaluate(FAINT_TEXT) == [], (size, theme)


def test_the_inks_of_figures_stand_out(tab):
    names = [colour.name for colour in PALETTE if colour.name != "paper"]
    figures = tab.locator("figure.explorable").count()
    for theme in ("light", "dark"):
        tab.emulate_media(color_scheme=theme)
        tab.wait_for_selector(f"html[data-theme={theme}]")
        ratios = tab.evaluate(INKS, names)
        assert len(ratios) == figures * len(names)
        assert all(ratio >= 3 for ratio in ratios), (theme, ratios)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_the_readers_systems(visit, origin, theme):
    with visit(origin, PAGES[0], color_scheme=theme) as tab:
        assert (tab.evaluate(BRIGHTNESS) > 0.5) == (theme == "light")


def test_the_theme_is_settled_before_anything_is_painted(visit, served):
    """The theme's own script comes late; ours in the head may not leave a light page to a reader in the dark."""
    with visit(served, PAGES[0], color_scheme="dark") as tab:
        tab.wait_for_load_state("networkidle")
        tab.route("**/pydata-sphinx-theme.js*", lambda route: route.fulfill(body=""))
        tab.reload()
        assert tab.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_readers_choice_of_theme_wins_and_stays(visit, served):
    with visit(served, PAGES[0], color_scheme="light") as tab:
        for _ in range(3):  # the button goes through auto, light and dark
            tab.locator("button.theme-switch-button:visible").click()
            if tab.evaluate("document.documentElement.dataset.mode") == "dark":
                break
        figure = "() => getComputedStyle(document.querySelector('figure.explorable')).color"
        assert tab.evaluate(BRIGHTNESS) < 0.1
        dark = tab.evaluate(figure)
        tab.wait_for_load_state("networkidle")
        tab.reload()
        assert tab.evaluate(BRIGHTNESS) < 0.1
        assert tab.evaluate(figure) == dark


def test_paper_is_light_and_unfolded_and_the_page_afterwards_as_it_was(visit, served):
    page = "book/01_perceptron.html"
    state = "() => [document.documentElement.dataset.theme, document.querySelectorAll('article details[open]').length]"
    with visit(served, page, color_scheme="dark") as tab:
        before = settled(tab).evaluate(state)
        assert before[0] == "dark"
        tab.evaluate("dispatchEvent(new Event('beforeprint'))")
        tab.emulate_media(media="print", color_scheme="dark")
        assert tab.evaluate(BRIGHTNESS) > 0.9
        assert tab.evaluate(FAINT_TEXT) == []
        assert tab.locator("article details:not(.hide):not([open])").count() == 0
        tab.emulate_media(media="screen")
        tab.evaluate("dispatchEvent(new Event('afterprint'))")
        assert tab.evaluate(state) == before
