"""Cline's terrain: every start of a grid, where two methods lead it, and the local quadratic that Newton believes."""

from functools import lru_cache

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ...engine.landscapes import CLINE, kind
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.contours import contours
from ...plots.critical import SIGNS, signs
from ...plots.numbers import number
from ...plots.style import BLUE, INK, PAPER, VERMILLION
from ...plots.trail import LOOKS
from .conic import NOTHING, conic
from .runs import GRAIN, METHODS, critical, run, runs

BOX = ((-3.1, 3.1), (-3.1, 3.1))
OPACITY = {"minimum": 0.6, "saddle": 0.3, "maximum": 0.45}
SHAPE = {"minimum": "a bowl", "saddle": "a saddle", "maximum": "a dome", "degenerate": "flat in some direction"}
SHADE = {
    "gradient descent": "the deeper the minimum reached, the stronger",
    "Newton": "the colour of the point reached; blank: none here",
}


@lru_cache
def shades(method: str) -> np.ndarray:
    """The map (61, 61, 4) of where starts end, y along the rows: bytes of red, green, blue and opacity."""
    points, ends = critical(), runs(method).ends.T
    heights = [CLINE.f(point.x) for point in points]
    order = {height: k for k, height in enumerate(sorted({round(float(h), 6) for h in heights}))}
    colours = []
    for point, height in zip(points, heights, strict=True):
        opacity = OPACITY[point.kind]
        if method == "gradient descent" and point.kind == "minimum":
            opacity = max(0.1, 0.75 - 0.12 * order[round(float(height), 6)])
        colours.append(to_rgba(SIGNS[point.kind].color, opacity))
    colours.append((0, 0, 0, 0))
    return (255 * np.array(colours)[ends]).round().astype(np.uint8)


@lru_cache
def local(x: float, y: float) -> tuple[str, Path]:
    """The kind of the local quadratic at the start (x, y), and the curve on which it is as high as there."""
    x = np.array([x, y])
    _, g, H = CLINE.second(x)
    return kind(H), conic(x, g, H, GRAIN)


@explorable(
    title="Cline's terrain",
    alt="A square map of the terrain with faint contour lines and a sign at each of its 63 critical points: dots for "
    "minima, crosses for saddles, triangles for maxima. Each start on the map is shaded by where the chosen method "
    "leads from it. Hair lines cross at the present start; a path leads from there to where it ends, and an ellipse or "
    "a hyperbola is the contour of the local quadratic through the start.",
    ask=Ask(
        "You start gradient descent at random on this terrain, with a small step. Two of its 18 minima are the "
        "deepest. How many of the starts come to one of these two?",
        ("Nearly all", "About one in two", "About one in seven"),
        answer=2,
        because="Each minimum has a basin of its own, and descent goes to the bottom of the basin where it starts, "
        "however deep that is. Of the 3,721 starts of this map, 14.1 % are in the basins of the two deepest.",
        wrong=(
            "With a small step descent cannot leave the hollow in which it starts, and most hollows are other ones.",
            "Two of 18 are a ninth. Their basins are somewhat larger than the others, but not four times.",
        ),
    ),
    presets={
        "the centre": dict(x=0, y=0, method="gradient descent"),
        "a hair's breadth off": dict(x=0.1, y=0, method="gradient descent"),
        "the deepest": dict(x=-0.9, y=0.7, method="gradient descent"),
        "Newton climbs": dict(x=0.7, y=0.5, method="Newton"),
        "Newton leaps": dict(x=-0.9, y=0.7, method="Newton"),
    },
    size=(5.0, 5.5),
    budget=200,
    drag=("x", "y"),
    x=Slider(-3, 3, 0.1, label="start x", value=1.5),
    y=Slider(-3, 3, 0.1, label="start y", value=1.2),
    method=Choice(*METHODS, label="method", value="Newton"),
)
def terrain(fig):
    fig.set_layout_engine("none")  # a point of the figure is a grain of the paths
    width, height = 72 * fig.get_size_inches()
    ax = fig.add_axes((40 / width, 74 / height, 310 / width, 310 / height))
    contours(ax, CLINE.f, BOX, levels=8, n=81).set_alpha(0.6)
    ax.set(xlabel="x", ylabel="y", xticks=range(-3, 4), yticks=range(-3, 4))
    ax.xaxis.set_label_coords(0.58, -0.022)  # between two ticks, to save room
    ax.yaxis.set_label_coords(-0.02, 0.58)
    edge = 3 + 0.05  # half a cell beyond the last start
    ground = ax.imshow(
        shades("Newton"), extent=(-edge, edge) * 2, origin="lower", interpolation="none", zorder=0, aspect="auto"
    )
    ax.set(xlim=BOX[0], ylim=BOX[1])
    marks = signs(ax, critical())
    marks[0].set(markeredgecolor=PAPER, markeredgewidth=1.2, markersize=6.5)  # seen on its own shade
    below = {"bbox_to_anchor": (0.5, -0.06), "bbox_transform": ax.transAxes, "loc": "upper center"}
    fig.legend(handles=marks, ncols=3, handletextpad=0.2, columnspacing=1.5, **below)
    note = fig.text(40 / width, 18 / height, "")
    fig.text(40 / width, 4 / height, "Curve: the local quadratic's contour through the start")
    hairs = [ax.plot([], [], color=INK, linewidth=0.6)[0] for _ in range(2)]
    curve = ax.add_patch(PathPatch(NOTHING, facecolor="none", edgecolor=VERMILLION, linewidth=1.3, zorder=3))
    path, end = (ax.plot([], [], color=BLUE, linewidth=2.2, zorder=4)[0] for _ in range(2))
    end.set(linestyle="", markersize=9, markeredgecolor=PAPER)

    def update(x, y, method):
        found, colour = run(method, x, y), LOOKS[method].color
        ground.set_data(shades(method))
        note.set_text("Shade: " + SHADE[method])
        hairs[0].set_data([x, x], BOX[1])
        hairs[1].set_data(BOX[0], [y, y])
        shape, way = local(x, y)
        curve.set_path(way)
        path.set_data(*found.path.T)
        path.set_color(colour)
        reached = found.end
        end.set_data(*(np.array([critical()[reached].x]).T if reached >= 0 else ([], [])))
        end.set(markerfacecolor=colour, marker=LOOKS[method].marker)
        says = f"The local quadratic is {SHAPE[shape]}. {terrain_says(method, reached, found.steps)}"
        # The marks do not move, but would lie under the shade if they were not drawn after it.
        return Frame([ground, *marks, note, *hairs, curve, path, end], says=says)

    return update


def terrain_says(method: str, reached: int, steps: int) -> str:
    """Where the run ends, in words."""
    name = method[0].upper() + method[1:]
    if reached < 0:
        return f"{name} leaves the map and finds no critical point on it in {steps} steps."
    point = critical()[reached]
    height = float(CLINE.f(point.x))
    where = f"({', '.join(map(number, point.x))}), f = {number(height, digits=3)}"
    deepest = " deepest" if height < -1.1154 else ""
    if not steps:
        return f"{name} stays where it is: the gradient is 0 at the {point.kind} {where}."
    return f"{name} takes {steps} step{'s' * (steps > 1)} to the{deepest} {point.kind} {where}."
