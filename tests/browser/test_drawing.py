"""What the page draws is what matplotlib draws: each kind of artist, in Chromium and by Agg, pixel by pixel."""

import io

import matplotlib.patheffects as effects
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from PIL import Image

from coursepkg.explorable.svg import ThemedSVG, definitions

WIDTH, HEIGHT, SCALE = 240, 160, 2  # in points, and pixels to a point
X = np.linspace(0, 1, 50)


def clipped(ax):
    """A coloured mesh that shows through a round window at the edge of the axes, whose rest the axes cut."""
    mesh = ax.pcolormesh(np.arange(36).reshape(6, 6), edgecolors="face")
    ax.set_xlim(0, 5)
    mesh.set_clip_path(Circle((4.5, 4), 2.5, transform=ax.transData))


def image(ax, interpolation):
    ax.imshow(np.add.outer(range(6), range(6)), alpha=0.6, interpolation=interpolation, aspect="auto")


DRAWN = {
    "dashes with an offset": lambda ax: ax.plot(X, X**2, linestyle=(7, (12, 5)), linewidth=5, solid_capstyle="butt"),
    "dots and a gap": lambda ax: ax.plot([0, 0.4, np.nan, 0.6, 1], [0, 1, 1, 1, 0], ":", lw=6, dash_capstyle="round"),
    "markers": lambda ax: ax.plot(X[::5], X[::5], "D", markersize=12, fillstyle="left", mew=2, mec="black"),
    "scatter": lambda ax: ax.scatter(X[::5], 1 - X[::5], s=np.arange(10) * 60, c=X[::5], alpha=0.5),
    "fill": lambda ax: ax.fill_between(X, np.sin(9 * X), alpha=0.4, linewidth=3, edgecolor="black"),
    "filled contours": lambda ax: ax.contourf(np.sin(np.add.outer(9 * X, 5 * X))),
    "a mesh through a round window": clipped,
    "an image of large pixels": lambda ax: image(ax, "none"),
    "a smooth image": lambda ax: image(ax, "bilinear"),
    "a formula": lambda ax: ax.text(
        0.5, 0.5, r"$\int\sqrt{\frac{x}{\pi}}$", fontsize=50, rotation=20, ha="center", va="center"
    ),
    "an outlined text": lambda ax: ax.text(
        0.1, 0.3, "Abc", fontsize=60, color="white", path_effects=[effects.withStroke(linewidth=6, foreground="black")]
    ),
    "arrows": lambda ax: ax.quiver([0, 0.2], [0, 0.5], [1, 1], [0.5, -1], scale=3, width=0.03),
}


def figure(draw):
    fig = Figure((WIDTH / 72, HEIGHT / 72), dpi=72, facecolor="white")
    FigureCanvasAgg(fig)
    ax = fig.add_axes((0.1, 0.1, 0.8, 0.8), xticks=[], yticks=[])
    draw(ax)
    ax.set(xticks=[], yticks=[])
    return fig


def pixels(png):
    """The picture, each pixel the mean of its neighbourhood, for edges are smoothed in different ways."""
    picture = Image.open(io.BytesIO(png)).convert("RGB").resize((WIDTH, HEIGHT), Image.Resampling.BOX)
    return np.asarray(picture).astype(float)


def by_matplotlib(fig):
    file = io.BytesIO()
    fig.savefig(file, format="png", dpi=72 * SCALE)
    return pixels(file.getvalue())


@pytest.fixture(scope="module")
def by_page(chromium):
    """A function that gives what a page shows of a figure, in matplotlib's own black and white."""
    context = chromium.new_context(device_scale_factor=SCALE, viewport={"width": WIDTH, "height": HEIGHT})
    tab = context.new_page()

    def shown(fig):
        svg = ThemedSVG(WIDTH, HEIGHT, prefix="test", gaps=True)
        drawn = svg.whole(fig)
        inks = "--xp-ink:#000;--xp-paper:#fff"
        box = f'viewBox="0 0 {WIDTH} {HEIGHT}" style="display:block;{inks}"'
        tab.set_content(f"<body style='margin:0'><svg {box}>{definitions(svg.clips)}{drawn}</svg>")
        return pixels(tab.screenshot())

    yield shown
    context.close()


@pytest.mark.parametrize("what", DRAWN)
def test_a_page_draws_what_matplotlib_draws(by_page, what):
    fig = figure(DRAWN[what])
    wanted, empty = by_matplotlib(fig), by_matplotlib(figure(lambda ax: None))
    miss, whole = np.abs(by_page(fig) - wanted).mean(), np.abs(empty - wanted).mean()
    assert whole > 2
    assert miss < 0.2 * whole
