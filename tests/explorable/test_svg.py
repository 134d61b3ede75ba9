import base64
import io
import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from PIL import Image

from coursepkg.explorable import ink
from coursepkg.explorable.paths import short
from coursepkg.explorable.style import styled
from coursepkg.explorable.svg import NotFinite, ThemedSVG, Undrawable


@pytest.fixture
def fig():
    """A figure of 200 × 100 points whose axes fill it, one data unit being one point."""
    fig = Figure((200 / 72, 100 / 72), dpi=72)
    FigureCanvasAgg(fig)
    fig.add_axes((0, 0, 1, 1), xlim=(0, 200), ylim=(0, 100)).axis("off")
    return fig


def svg(fig):
    return ThemedSVG(200, 100, prefix="test")


def test_a_line_is_written_where_it_is_to_a_tenth_of_a_point(fig):
    (line,) = fig.axes[0].plot([10, 20.04, 30], [10, 90, 50.06], color=ink.BLUE.light)
    assert re.search(r' d="([^"]*)"', svg(fig).take(line))[1] == "M10 90l10 -80 10 39.9"


def test_an_ink_becomes_a_variable_and_any_other_colour_stays(fig):
    ax = fig.axes[0]
    for colour, written in [(ink.GREEN.light, "var(--xp-green)"), ("#123456", "#123456")]:
        (line,) = ax.plot([10, 20], [10, 20], color=colour)
        assert f"stroke:{written}" in svg(fig).take(line)
    patch = ax.add_patch(Rectangle((5, 5), 10, 10, facecolor=ink.ORANGE.light, alpha=0.25, edgecolor="none"))
    assert "fill:var(--xp-orange);fill-opacity:0.25" in svg(fig).take(patch)
    assert "stroke" not in svg(fig).take(patch)


def test_only_what_leaves_the_axes_is_clipped(fig):
    ax = fig.axes[0]
    (inside,) = ax.plot([10, 20], [10, 20])
    (outside,) = ax.plot([10, 300], [10, 20])
    page = svg(fig)
    assert "clip-path" not in page.take(inside)
    assert 'clip-path="url(#test-0-0-200-100)"' in page.take(outside)
    assert page.clips == {"test-0-0-200-100": '<rect x="0" y="0" width="200" height="100"/>'}


def test_a_round_clip_is_kept(fig):
    ax = fig.axes[0]
    patch = ax.add_patch(Rectangle((5, 5), 190, 90))
    patch.set_clip_path(Circle((50, 50), 20, transform=ax.transData))
    page = svg(fig)
    assert "clip-path" in page.take(patch)
    box, circle = page.clips.values()
    assert box == '<rect x="0" y="0" width="200" height="100"/>'
    assert circle.startswith('<path d="M50 70c')
    assert circle.endswith('clip-path="url(#test-0-0-200-100)"/>')  # only where both allow it


def test_markers_on_one_spot_are_drawn_once(fig):
    line, dot = (
        fig.axes[0].plot(x, x, "s", markersize=4, mew=0, color=ink.BLUE.light)[0]
        for x in ([50, 80, 50.01, 80, 50], [50, 80])
    )
    assert svg(fig).take(line) == svg(fig).take(dot)


def test_markers_are_one_element_and_stand_at_their_places(fig):
    (dots,) = fig.axes[0].plot([10, 100], [20, 50], "s", markersize=4, mew=0)
    written = svg(fig).take(dots)
    assert written.count("<path") == 1
    data = re.search(r' d="([^"]*)"', written)[1]
    assert re.findall(r"M[^Mz]*", data) == [
        "M8 82l4 0 0 -4 -4 0",
        "M98 52l4 0 0 -4 -4 0",
    ]


def test_an_empty_artist_writes_nothing(fig):
    (line,) = fig.axes[0].plot([], [])
    assert svg(fig).take(line) == ""


@pytest.mark.parametrize(("ha", "x", "anchor"), [("left", 50, None), ("center", 50, "middle"), ("right", 50, "end")])
def test_text_is_text_anchored_at_its_aligned_end(fig, ha, x, anchor):
    text = fig.axes[0].text(50, 40, "a < b & c", ha=ha, va="baseline")
    written = svg(fig).take(text)
    assert ">a &lt; b &amp; c</text>" in written
    assert abs(float(re.search(r' x="([^"]*)"', written)[1]) - x) <= 1
    assert (f'text-anchor="{anchor}"' in written) == bool(anchor)


def test_turned_text_keeps_its_middle(fig):
    text = fig.axes[0].text(50, 40, "upwards", rotation=90, ha="center", va="center")
    written = svg(fig).take(text)
    angle, x, y = map(float, re.search(r"rotate\((\S+) (\S+) (\S+)\)", written).groups())
    assert angle == -90
    assert abs(y - 60) < 1
    assert abs(x - 50) < 5


def test_mathematics_in_a_label_is_drawn(fig):
    text = fig.axes[0].text(50, 40, "$x^2$")
    assert "<path" in svg(fig).take(text)


def test_an_image_stands_upright_and_keeps_its_colours(fig):
    pixels = np.zeros((100, 200, 3), np.uint8)
    pixels[:50] = (255, 0, 0)  # the upper half of the picture
    image = fig.axes[0].imshow(pixels, extent=(0, 200, 0, 100), aspect="auto", interpolation="nearest")
    written = svg(fig).take(image)
    data = base64.b64decode(re.search(r'base64,([^"]*)"', written)[1])
    picture = Image.open(io.BytesIO(data)).convert("RGBA").convert("RGB")
    assert picture.getpixel((100, 10)) == (255, 0, 0)
    assert picture.getpixel((100, 90)) == (0, 0, 0)
    assert 'x="0" y="0"' in written


def corners(written):
    """Where the corners (0, 0) and (width, height) of an <image> with a matrix come to lie."""
    width, height = (int(re.search(rf'{side}="(\d+)"', written)[1]) for side in ("width", "height"))
    a, b, c, d, e, f = map(float, re.search(r"matrix\((.*?)\)", written)[1].split())
    assert (b, c) == (0, 0)
    return [(e, f), (a * width + e, d * height + f)]


@pytest.mark.parametrize("origin", ["lower", "upper"])
def test_a_small_image_without_interpolation_is_left_to_the_browser(fig, origin):
    pixels = np.zeros((2, 3, 4), np.uint8)
    pixels[0, 0] = (255, 0, 0, 255)
    image = fig.axes[0].imshow(
        pixels, extent=(50, 80, 20, 40), aspect="auto", interpolation="none", origin=origin, zorder=3
    )
    fig.axes[0].set(xlim=(0, 200), ylim=(0, 100))
    written = svg(fig).take(image)
    picture = Image.open(io.BytesIO(base64.b64decode(re.search(r'base64,([^"]*)"', written)[1]))).convert("RGBA")
    assert picture.size == (3, 2)
    assert "image-rendering:pixelated" in written
    assert "clip-path" not in re.search(r"<image [^>]*>", written)[0]  # it would be moved along with the pixels
    first, last = corners(written)
    assert picture.getpixel((0, 0)) == (255, 0, 0, 255)
    # The red pixel is at the lower left or the upper left of the extent, y going down on the page.
    assert (first, last) == {"lower": ((50, 80), (80, 60)), "upper": ((50, 60), (80, 80))}[origin]


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
@pytest.mark.parametrize("style", ["-", "o"])
def test_a_place_that_is_not_finite_is_named(fig, bad, style):
    (line,) = fig.axes[0].plot([10, bad], [20, 20], style)
    with pytest.raises(NotFinite):
        svg(fig).take(line)


REFUSED = {
    "hatch": lambda ax: ax.bar([50], [50], hatch="//")[0],
    "hatch of a collection": lambda ax: ax.fill_between([0, 50], [9, 9], hatch="x"),
    "Gouraud shading": lambda ax: ax.tripcolor([0, 9, 9], [0, 0, 9], [1, 2, 3], shading="gouraud"),
    "set by LaTeX": lambda ax: ax.text(9, 9, "x", usetex=True),
    "sketch": lambda ax: ax.plot([0, 9], [0, 9], sketch_params=(1, 100, 2))[0],
    "filter": lambda ax: ax.plot([0, 9], [0, 9], agg_filter=lambda image, dpi: (image, 0, 0))[0],
    "link": lambda ax: ax.text(9, 9, "x", url="https://example.org"),
    "link of a line": lambda ax: ax.scatter([9], [9], urls=["https://example.org"]),
    "font is the file": lambda ax: ax.text(9, 9, "x", font=Path(mpl.get_data_path(), "fonts/ttf/DejaVuSans.ttf")),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_a_page_cannot_draw_is_refused_by_its_name(fig, what):
    artist = REFUSED[what](fig.axes[0])
    with pytest.raises(Undrawable, match=what.split(" of ")[0]) as caught:
        svg(fig).take(fig)
    assert str(caught.value).startswith(f"{artist}: ")
    assert caught.value.mend


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ({"weight": "bold"}, 'font-weight="700"'),
        ({"weight": 650}, 'font-weight="650"'),
        ({"weight": "semibold"}, 'font-weight="600"'),
        ({"style": "italic"}, 'font-style="italic"'),
        ({"variant": "small-caps"}, 'font-variant="small-caps"'),
        ({"stretch": "condensed"}, 'font-stretch="condensed"'),
        ({"stretch": 890}, 'font-stretch="ultra-expanded"'),
        ({"family": "serif"}, 'font-family="serif"'),
        ({"family": ["Fira Sans", "fantasy"]}, 'font-family="Fira Sans, fantasy"'),
        ({"family": "monospace"}, 'class="mono"'),
        ({"fontsize": 13}, 'font-size="13"'),
        ({"alpha": 0.5}, "fill-opacity:0.5"),
        ({"clip_on": True}, 'clip-path="url(#test-0-0-200-100)"'),
    ],
    ids=str,
)
def test_a_font_is_written_in_full(fig, given, written):
    ax = fig.axes[0]
    with styled():
        plain, other = (svg(fig).take(ax.text(10, 10, "words", **more)) for more in ({}, given))
    assert written in other
    assert written not in plain
    assert "font-" not in plain


def test_a_line_keeps_the_offset_of_its_dashes(fig):
    (line,) = fig.axes[0].plot([0, 9], [0, 9], linestyle=(3, (4, 2)), linewidth=1)
    assert "stroke-dasharray:4 2;stroke-dashoffset:3" in svg(fig).take(line)


def test_a_transparent_image_stays_so(fig):
    ax = fig.axes[0]
    for interpolation in ("none", "nearest"):
        written = svg(fig).take(ax.imshow(np.zeros((2, 2, 3)), alpha=0.5, interpolation=interpolation))
        picture = Image.open(io.BytesIO(base64.b64decode(re.search(r'base64,([^"]*)"', written)[1]))).convert("RGBA")
        whole = float((re.search(r' opacity="(.*?)"', written) or [0, 1])[1]) * picture.getpixel((0, 0))[3] / 255
        assert whole == pytest.approx(0.5, abs=0.01)


def test_matplotlibs_own_black_and_white_follow_the_theme():
    fig = Figure((4, 3), dpi=100, facecolor="white")
    ax = fig.add_subplot(title="T")
    ax.plot([0, float("nan"), 1, 2], [0, 1, 1, 0], "o-", color="black")
    page = ThemedSVG(288, 216, prefix="test", gaps=True)
    written = page.whole(fig)
    assert re.findall("#[0-9a-f]{6}", written) == []
    assert set(re.findall(r"--xp-\w+", written)) == {"--xp-ink", "--xp-paper"}
    assert written.count("var(--xp-paper)") == 1  # the axes have a ground, the figure has the page's
    assert (fig.get_dpi(), fig.get_facecolor()) == (100, (1, 1, 1, 1))


def test_a_whole_figure_has_no_style_sheet_and_no_id(fig):
    with styled():
        whole = Figure((4, 3), dpi=72)
        FigureCanvasAgg(whole)
        whole.add_subplot(title="Title", xlabel="x", ylabel="y").plot([0, 1], [0, 1])
        written = ThemedSVG(288, 216, prefix="test").take(whole)
    assert "<style" not in written
    assert " id=" not in written
    assert "#" not in re.sub(r"url\(#test", "", written), "a colour that no theme can change"


def test_numbers_are_short():
    assert [short(v) for v in (1.0, -0.04, 3.25, 100)] == ["1", "0", "3.2", "100"]


def contrast(one, other):
    def luminance(colour):
        parts = [int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("colour", ink.PALETTE[:-1], ids=lambda colour: colour.name)
def test_every_ink_stands_out_from_its_page(colour, theme):
    assert contrast(getattr(colour, theme), getattr(ink.PAPER, theme)) >= 3


def test_a_collection_without_a_place_is_not_drawn(fig, monkeypatch):
    """Matplotlib before 3.11 comes to the renderer with it, which then draws it once, in the corner."""
    dots = fig.axes[0].scatter([20, 50], [50, 50], s=[9, 16])
    assert svg(fig).take(dots).count("<path") == 2
    monkeypatch.setattr(RendererBase, "draw_path_collection", lambda *_, **__: pytest.fail("it was drawn"))
    svg(fig).draw_path_collection(None, None, [], [], np.empty((0, 2)))
