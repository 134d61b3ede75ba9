"""The claims of chapter 8's explorables."""

from functools import lru_cache
from math import sin, sqrt

import numpy as np

from coursepkg.engine.datasets import moons
from coursepkg.engine.network import mlp
from coursepkg.engine.optimisers import Adam
from coursepkg.engine.training import Trainer
from tests.scenes.saying import says

# Chord test: the eight functions written out, each chord tried at 2,000 points.

FUNCTIONS = {
    "√(1 + x²)": lambda x: np.sqrt(1 + x * x),
    "|x|": np.abs,
    "x²/(1 + x²)": lambda x: x * x / (1 + x * x),
    "x⁴": lambda x: x**4,
    "eˣ": np.exp,
    "max(0, |x| − 1)²": lambda x: np.maximum(0, np.abs(x) - 1) ** 2,
    "(x² − 1)²": lambda x: (x * x - 1) ** 2,
    "x² + 3 sin²x": lambda x: x * x + 3 * np.sin(x) ** 2,
}
SHARES = np.linspace(0, 1, 2001)


@lru_cache
def rise(name: str, a: float, b: float) -> tuple[float, float]:
    """Where the graph is highest above the chord, and by how much."""
    f = FUNCTIONS[name]
    x = a + SHARES * (b - a)
    over = f(x) - ((1 - SHARES) * f(np.float64(a)) + SHARES * f(np.float64(b)))
    k = int(over.argmax())
    return float(x[k]), float(over[k])


@says("chord_test", "Both ends are one point: no chord.", a=0.4)
def one_point(state, said):
    return state.a == state.b


@says("chord_test", "At x = <x> the graph is <over> above the chord: this chord proves that f is not convex.")
def above_the_chord(state, said):
    _, over = rise(state.f, min(state.a, state.b), max(state.a, state.b))
    assert abs(said.over - over) < 0.006 * over + said.over.slack
    f = FUNCTIONS[state.f]
    a, b = sorted((state.a, state.b))
    t = (said.x - a) / (b - a)
    assert f(said.x) - ((1 - t) * f(a) + t * f(b)) > 0.985 * over
    assert min(state.a, state.b) < said.x < max(state.a, state.b)


@says("chord_test", "The graph stays on or below this chord.")
def below_the_chord(state, said):
    return state.a != state.b and rise(state.f, min(state.a, state.b), max(state.a, state.b))[1] < 1e-9


@says("chord_test", "Of the 210 chords of the grid <n:none|\\d+> <verb:is|are> violated.")
def so_many(state, said):
    ticks = [round(-2 + 0.2 * k, 10) for k in range(21)]
    count = sum(rise(state.f, a, b)[1] > 1e-9 for i, a in enumerate(ticks) for b in ticks[i + 1 :])
    assert said.n == (str(count) if count else "none")
    assert said.verb == ("are" if count else "is")


# Cline's terrain: its derivatives by hand, one run at a time.


def ground(x: float, y: float) -> float:
    R = x * x + y * y
    return sin(R) + R + 2 * sin(3 * x) * sin(3 * y)


def first(p: np.ndarray) -> np.ndarray:
    x, y = p
    c = 1 + np.cos(x * x + y * y)
    return np.array([2 * x * c + 6 * np.cos(3 * x) * np.sin(3 * y), 2 * y * c + 6 * np.sin(3 * x) * np.cos(3 * y)])


def second(p: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """The Hessian from differences of the gradient."""
    H = np.column_stack([(first(p + e) - first(p - e)) / (2 * h) for e in np.eye(2) * h])
    return (H + H.T) / 2


@lru_cache
def sent(x: float, y: float, method: str) -> list[np.ndarray]:
    """The places of 600 steps of descent, or of 50 of Newton."""
    p = np.array([x, y])
    places = [p]
    for _ in range(600 if method == "gradient descent" else 50):
        g = first(p)
        p = p - 0.01 * g if method == "gradient descent" else p - np.linalg.solve(second(p), g)
        places.append(p)
    return places


def kind(p: np.ndarray) -> str:
    w = np.linalg.eigvalsh(second(p))
    return "minimum" if w[0] > 0 else "maximum" if w[1] < 0 else "saddle"


@says("terrain", "The local quadratic is <shape:a bowl|a saddle|a dome>.")
def local_shape(state, said):
    at = kind(np.array([state.x, state.y]))
    assert said.shape == {"minimum": "a bowl", "saddle": "a saddle", "maximum": "a dome"}[at]


TO = " the[<deepest: deepest>] <kind:minimum|saddle|maximum> (<a>, <b>), f = <f>."


def reached(state, said) -> np.ndarray:
    """The end of the run, which must be a critical point of the kind and at the place that was said."""
    assert said.name.lower() == state.method.lower()
    end = sent(state.x, state.y, state.method)[-1]
    settled = np.array([said.a, said.b])
    for _ in range(8):  # from what was said to the critical point next to it
        settled = settled - np.linalg.solve(second(settled), first(settled))
    assert np.linalg.norm(first(settled)) < 1e-8
    assert np.linalg.norm(settled - end) < 0.011
    assert said.a.is_(settled[0], 2)
    assert said.b.is_(settled[1], 2)
    assert said.kind == kind(settled)
    assert said.f.is_(ground(*settled), 3)
    assert (said.deepest is not None) == (ground(*settled) < -1.11540)
    return settled


@says("terrain", "<name:Gradient descent|Newton> takes <n> step[s] to" + TO, x=-0.9, y=0.7)
def takes_steps(state, said):
    settled = reached(state, said)
    far = [np.linalg.norm(p - settled) for p in sent(state.x, state.y, state.method)]
    n = 1 + max(k for k, d in enumerate(far) if d > 0.02)
    assert abs(said.n - n) <= (1 if state.method == "gradient descent" else 0)
    if state.method == "gradient descent" and said.kind != "minimum":  # it is not merely passing
        assert abs(abs(state.x) - abs(state.y)) < 1e-9


@says("terrain", "<name:Gradient descent|Newton> stays where it is: the gradient is 0 at" + TO, x=0, y=0)
def stays_there(state, said):
    assert "deepest" not in said.kind
    assert np.linalg.norm(reached(state, said) - (state.x, state.y)) < 0.02
    return (state.x, state.y) == (0, 0)


@says(
    "terrain",
    "<name:Gradient descent|Newton> leaves the map and finds no critical point on it in <n> steps.",
    method="Newton",
    x=2.8,
    y=-2.9,
)
def leaves(state, said):
    places = sent(state.x, state.y, state.method)
    assert said.name.lower() == state.method.lower()
    assert said.n == len(places) - 1
    assert max(np.abs(p).max() for p in places) > 3
    end = places[-1]
    assert np.abs(end).max() > 3 or np.linalg.norm(first(end)) > 1e-3


# Saddle escape: powers of two factors.


def steps_to_one(state) -> int:
    k, y = 0, 10.0**state.p
    while y < 1 - 1e-9:
        k, y = k + 1, y * (1 + 2 * state.eta)
    return k


FACTORS = "Each step multiplies y by 1 + 2η = <y> and x by 1 − 2η = <x>."


@says("saddle_escape", FACTORS)
def factors(state, said):
    return abs(said.y - (1 + 2 * state.eta)) < 1e-9 and abs(said.x - (1 - 2 * state.eta)) < 1e-9


@says("saddle_escape", "The start is as high as 1 already: it leaves at once.", p=0)
def at_once(state, said):
    return 10.0**state.p == 1


@says("saddle_escape", "From y₀ = <y0> it takes <n> steps to |y| = 1, passing the saddle at distance <near>.")
def so_many_steps(state, said):
    assert said.y0.is_(10.0**state.p, digits=2)
    assert said.n == steps_to_one(state)
    up, along = 1 + 2 * state.eta, 1 - 2 * state.eta
    near = min(sqrt((1.6 * along**k) ** 2 + (10.0**state.p * up**k) ** 2) for k in range(int(said.n) + 1))
    assert said.near.is_(near, digits=2) or said.near.is_(near, digits=3)


# Flat or sharp: ten times as many steps as the scene takes.


@lru_cache
def slid(a: float, eta: float) -> tuple[float, float, int]:
    """The last place of 20,000 steps, or of those before it diverges, and the step that is then lost (0: none)."""
    u, v = a, 1 / a + 0.001
    start = abs(u * v - 1) ** 2 / 2
    for k in range(1, 20_001):
        r = u * v - 1
        u, v = u - eta * r * v, v - eta * r * u
        f = (u * v - 1) ** 2 / 2 if max(abs(u), abs(v)) < 1e70 else np.inf
        if f > 1e12 * max(1, start):
            return u, v, k
    return u, v, 0


@says("flat_or_sharp", "At the start's minimum the sharpness is <here>, <side:above|below> 2/η = <limit>.")
def the_bound(state, said):
    here = state.a**2 + state.a**-2
    assert said.here.is_(here)
    assert said.limit.is_(2 / state.eta, 2)
    assert said.side == ("above" if here > 2 / state.eta else "below")


@says("flat_or_sharp", "Gradient descent settles in it.", a=3, eta=0.2)
def holds(state, said):
    u, v, lost = slid(state.a, state.eta)
    assert not lost
    assert abs(u * v - 1) < 1e-6
    assert abs(u - state.a) + abs(v - 1 / state.a) < 0.03


@says("flat_or_sharp", "Gradient descent leaves it and settles where the sharpness is <end>.", a=3, eta=0.25)
def settles_elsewhere(state, said):
    u, v, lost = slid(state.a, state.eta)
    assert not lost
    assert abs(u * v - 1) < 1e-6
    assert said.end.is_(u * u + v * v)
    assert abs(u - state.a) + abs(v - 1 / state.a) > 0.02


@says("flat_or_sharp", "Gradient descent diverged at step <k>.", a=4, eta=0.25)
def is_lost(state, said):
    return said.k == slid(state.a, state.eta)[2] > 0


# Net landscape: trained again, and the loss of each grid point by a forward pass in plain NumPy.

TICKS = np.linspace(-1, 1, 41)


@lru_cache
def landscape(kind: str, depth: int) -> np.ndarray:
    """The loss (41, 41) on the plane of the two filter-normalised directions."""
    data = moons(100)
    net = mlp((2, *[8] * depth, 1), residual=kind == "residual")
    theta = Trainer(Adam(0.005), epochs=400).train(net, data.X, data.y, "binary cross-entropy").theta
    from coursepkg.engine.slices import filter_normalised

    d1, d2 = (filter_normalised(net, theta, seed) for seed in (1, 2))
    for d in (d1, d2):  # each row as long as the weights that it changes, the biases at rest
        for (W, b), (R, c) in zip(net.views(theta), net.views(d), strict=True):
            assert np.allclose(np.linalg.norm(R, axis=1), np.linalg.norm(W, axis=1))
            assert not c.any()
            assert b.shape == c.shape
    sign = np.where(data.y == 1, 1.0, -1.0)
    loss = np.empty((41, 41))
    for i, b_ in enumerate(TICKS):
        for j, a_ in enumerate(TICKS):
            A = data.X.T
            views = net.views(theta + a_ * d1 + b_ * d2)
            for W, b in views[:-1]:
                Z = W @ A + b[:, None]
                A = A + np.tanh(Z) if kind == "residual" and W.shape[0] == W.shape[1] else np.tanh(Z)
            W, b = views[-1]
            loss[i, j] = np.logaddexp(0, -sign * (W @ A + b[:, None])[0]).mean()
    return loss


@says(
    "net_landscape",
    "The <kind:plain|residual> net of <depth> hidden layers: loss <middle:below 0.001|[\\d.]+> where it was trained, "
    "and up to <top> on this disc.",
)
def the_pit(state, said):
    loss = landscape(state.kind, state.depth)
    assert (said.kind, said.depth) == (state.kind, state.depth)
    if said.middle == "below 0.001":
        assert loss[20, 20] < 0.001
    else:
        assert float(f"{loss[20, 20]:.1g}") == float(said.middle)
    disc = np.hypot(*np.meshgrid(TICKS, TICKS)) <= 1
    assert said.top.is_(loss[disc].max())


@says("net_landscape", "On the grid there <verb:is|are> <n> dip[s].")
def the_dips(state, said):
    loss = landscape(state.kind, state.depth)
    count = 0
    for i in range(1, 40):
        for j in range(1, 40):
            around = loss[i - 1 : i + 2, j - 1 : j + 2].copy()
            around[1, 1] = np.inf
            count += loss[i, j] < around.min() and TICKS[i] ** 2 + TICKS[j] ** 2 <= 1
    assert said.n == count
    assert said.verb == ("is" if count == 1 else "are")


# Hills and hollows: the critical points by Newton from a grid, and the line of sight from each of them.


@lru_cache
def level_places() -> list[np.ndarray]:
    """The critical points of the map, by Newton's steps, kept short."""
    found: list[np.ndarray] = []
    for x in np.arange(-3, 3.01, 0.2):
        for y in np.arange(-3, 3.01, 0.2):
            p = np.array([x, y])
            for _ in range(25):
                step = -np.linalg.solve(second(p), first(p))
                p = p + step * min(1, 0.2 / max(np.linalg.norm(step), 1e-12))
                if np.linalg.norm(step) < 1e-10:
                    break
            if np.linalg.norm(first(p)) < 1e-7 and all(np.linalg.norm(p - q) > 1e-3 for q in found):
                found.append(p)
    return found


def over(points: np.ndarray) -> np.ndarray:
    """The height over points (…, 2)."""
    x, y = points[..., 0], points[..., 1]
    R = x * x + y * y
    return np.sin(R) + R + 2 * np.sin(3 * x) * np.sin(3 * y)


@lru_cache
def extremes(radius: float) -> tuple[float, float]:
    r, a = np.meshgrid(np.linspace(0, radius, 400), np.linspace(0, 2 * np.pi, 800))
    heights = over(np.stack([r * np.cos(a), r * np.sin(a)], axis=-1))
    return float(heights.min()), float(heights.max())


@lru_cache
def seen(turn: float, radius: float) -> dict[str, tuple[int, int, int]]:
    """By kind: how many places there are, how many are in sight, and how many of these by a hair or not.

    The eye is far off; it looks down on the disc, whose depth is drawn 0.65 times and whose height 0.6 times.
    """
    low, high = extremes(radius)
    toward = np.array([np.sin(np.deg2rad(turn)), -np.cos(np.deg2rad(turn))])  # from the middle to the eye
    counts = {name: [0, 0, 0] for name in ("minimum", "saddle", "maximum")}
    for p in level_places():
        if np.hypot(*p) >= 0.99 * radius:
            continue
        t = np.linspace(0.02 * radius, 2 * radius, 3000)
        t = t[np.hypot(*(p[:, None] + toward[:, None] * t)) <= radius]
        # How high the ground before the place stands above the line of sight, on the page.
        rise = (over(p + t[:, None] * toward) - over(p)) / (high - low) * 0.6 - t / radius * 0.65
        top = rise.max(initial=-1)
        count = counts[kind(p)]
        count[0] += 1
        count[1] += bool(top <= 0.005)  # a two-hundredth of the disc's radius hides nothing
        count[2] += bool(abs(top - 0.005) < 0.0004)
    return {name: tuple(count) for name, count in counts.items()}


@says("hills", "On this disc of radius <radius> the height runs from <low> to <high>.")
def heights_on_the_disc(state, said):
    low, high = extremes(state.radius)
    assert said.radius == state.radius
    assert abs(said.low - low) < 0.006
    assert abs(said.high - high) < 0.011


@says("hills", "In sight from here: <a> of <minima> minima, <b> of <saddles> saddles and <c> of <maxima> maxima.")
def in_sight(state, said):
    found = seen(state.turn, state.radius)
    places = (said.minima, said.saddles, said.maxima)
    for name, of, shown in zip(("minimum", "saddle", "maximum"), places, (said.a, said.b, said.c), strict=True):
        there, clear, doubtful = found[name]
        assert of == there
        assert abs(shown - clear) <= doubtful
