"""Hills and hollows: the terrain as a surface that turns, and which of its critical points are in sight."""

from functools import lru_cache

import numpy as np

from ...engine.landscapes import CLINE
from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.critical import SIGNS
from ...plots.key import key
from ...plots.numbers import number
from ...plots.ridges import Ridges
from .runs import critical

#: The radii of the discs shown; the whole of the map's square lies within neither.
RADII = (1.5, 3)


@lru_cache
def span(radius: float) -> tuple[float, float]:
    """The least and the greatest height on a disc, on a fine grid, on its rim and at the critical points."""
    ticks = np.linspace(-radius, radius, 401)
    points = np.stack(np.meshgrid(ticks, ticks), axis=-1).reshape(-1, 2)
    angle = np.linspace(0, 2 * np.pi, 721)
    rim = radius * np.column_stack([np.cos(angle), np.sin(angle)])
    within = points[np.linalg.norm(points, axis=-1) <= radius]
    inner = [p.x for p in critical() if np.hypot(*p.x) <= radius]
    heights = CLINE.f(np.vstack([within, rim, inner]))
    return float(heights.min()), float(heights.max())


def tall(u: np.ndarray, v: np.ndarray, radius: float) -> np.ndarray:
    """The height over a place (u, v) of the unit disc, from 0 to 1."""
    low, high = span(radius)
    return (CLINE.f(radius * np.stack([u, v], axis=-1)) - low) / (high - low)


@lru_cache
def there(radius: float) -> dict[str, np.ndarray]:
    """The critical points on the disc, kind by kind, as places (k, 2) of the unit disc."""
    return {
        kind: np.array([p.x for p in critical() if p.kind == kind and np.hypot(*p.x) < 0.99 * radius]) / radius
        for kind in SIGNS
    }


def in_sight(ridges: Ridges, places: np.ndarray, angle: float, radius: float) -> np.ndarray:
    """Where on the axes those of `places` (k, 2) are that no ground before them hides, (2, m)."""
    c, s = np.cos(angle), np.sin(angle)
    across, depth = c * places[:, 0] + s * places[:, 1], c * places[:, 1] - s * places[:, 0]
    x, y = ridges.place(across, depth, tall(*places.T, radius))
    near = np.linspace(0, 1, 200)[:, None]
    reach = np.sqrt(1 - across**2)
    before = -reach + near * (depth - 0.02 + reach)  # from the rim before the eye to just before the place
    ground = tall(c * across - s * before, s * across + c * before, radius)
    open_ = (ridges.place(across, before, ground)[1] <= y + 0.005).all(axis=0)
    return np.stack([x[open_], y[open_]])


@explorable(
    title="Hills and hollows",
    alt="The terrain over a disc as ridge lines seen from the side, with peaks and hollows like an egg box in a bowl. "
    "Dots mark minima, crosses saddles and triangles maxima, where the ground before them does not hide them.",
    ask=Ask(
        "Walk all over this terrain, on the square where x and y run from −3 to 3. At how many places is the ground "
        "level, so that the gradient is zero?",
        ("At about 10", "At about 30", "At more than 60"),
        answer=2,
        because="There are 63: 18 hollows, 16 peaks, and 29 passes between them.",
        wrong=(
            "That many are in sight at a time, from one side and on the small disc. Turn the surface, and widen it.",
            "That counts hollows and peaks. Between two neighbours there is a pass, which is level as well.",
        ),
    ),
    presets={
        "the whole": dict(radius=3, turn=40),
        "from the other side": dict(radius=1.5, turn=220),
        "along the valley": dict(radius=1.5, turn=140),
    },
    size=(5.0, 3.0),
    turn=Slider(0, 340, 20, label="seen from", unit="°", value=40),
    radius=Choice(*RADII, label="disc of radius", between=True),
)
def hills(fig):
    ax = fig.add_subplot()
    ridges = Ridges(ax, rows=41, points=61, tilt=0.65, lift=0.6)
    ax.set_ylim(-0.45, 1.25)
    marks = [
        ax.plot([], [], linestyle="", markersize=6, mew=1.6, zorder=8, label=kind, **sign._asdict())[0]
        for kind, sign in SIGNS.items()
    ]
    key(fig, dict(zip(SIGNS, marks, strict=True)))

    def update(turn, radius):
        angle = np.deg2rad(turn)
        ridges.move(lambda u, v: tall(u, v, radius), angle)
        seen = {}
        for mark, (kind, places) in zip(marks, there(radius).items(), strict=True):
            at = in_sight(ridges, places, angle, radius)
            mark.set_data(*at)
            seen[kind] = at.shape[1]
        return Frame([*ridges.artists, *marks], says=hills_says(radius, seen))

    return update


def hills_says(radius: float, seen: dict[str, int]) -> str:
    """How high the ground is, and how many of its critical points are in sight."""
    low, high = map(number, span(radius))
    counts = [
        f"{seen[kind]} of {len(places)} {plural}"
        for (kind, places), plural in zip(there(radius).items(), ("minima", "saddles", "maxima"), strict=True)
    ]
    said = f"On this disc of radius {radius:g} the height runs from {low} to {high}. "
    return said + f"In sight from here: {counts[0]}, {counts[1]} and {counts[2]}."
