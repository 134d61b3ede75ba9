"""The claims of chapter 5's explorables."""

from functools import lru_cache
from itertools import pairwise
from math import isfinite, sqrt

import numpy as np

from tests.scenes.saying import Said, says

SLOPES = {
    "parabola": lambda w: w,
    "two valleys": lambda w: w**3 - w + 0.15,
    "wedge": lambda w: (w > 0) - (w < 0),
    "plateau": lambda w: 2 * w / (1 + w * w) ** 2,
}
LOSSES = {
    "parabola": lambda w: w * w / 2,
    "two valleys": lambda w: (w * w - 1) ** 2 / 4 + 0.15 * w,
    "wedge": abs,
    "plateau": lambda w: w * w / (1 + w * w),
}
#: The least loss: 0, and for two valleys that of the deeper one, by a fine grid.
LEAST = dict.fromkeys(LOSSES, 0.0) | {
    "two valleys": min(LOSSES["two valleys"](-1.1 + k * 1e-6) for k in range(100_000))
}


@lru_cache
def places(curve: str, w0: float, eta: float, steps: int = 10_000) -> list[float]:
    """Gradient descent in plain Python, as far as the numbers go."""
    w = [float(w0)]
    while len(w) <= steps and isfinite(w[-1]) and abs(w[-1]) < 1e60:
        w.append(w[-1] - eta * SLOPES[curve](w[-1]))
    return w


def last(state) -> list[float]:
    """The last 1,000 of 10,000 places; none of them may be far away."""
    w = places(state.curve, state.w0, state.eta)
    assert len(w) == 10_001
    assert max(map(abs, w)) < 10
    return w[-1000:]


def excess(curve: str, w: float) -> float:
    return LOSSES[curve](w) - LEAST[curve]


def by_turns(values: list[float], period: int) -> bool:
    """Whether the values come again after so many, and not after fewer."""
    alike = [max(abs(a - b) for a, b in zip(values[p:], values, strict=False)) < 1e-8 for p in range(1, period + 1)]
    return alike[-1] and not any(alike[:-1])


@says("descend", "Slope at <w0>: <slope>. First step: <from> − <eta> · <factor:…> = <to>.")
def first_step(state, said):
    slope = SLOPES[state.curve](state.w0)
    assert getattr(said, "from") == said.w0 == state.w0
    assert said.eta == state.eta
    assert said.slope.is_(slope, 3)
    assert float(said.factor.strip("()").replace("−", "-")) == said.slope
    assert said.to.is_(state.w0 - state.eta * slope, 3)


@says("descend", "The loss grows: it diverges.", curve="two valleys", w0=-2, eta=2)
def it_diverges(state, said):
    w = places(state.curve, state.w0, state.eta)
    return abs(w[-1]) > 1e20


@says("descend", "It is at the bottom, and stays.", curve="plateau", w0=0)
def at_the_bottom(state, said):
    return excess(state.curve, state.w0) == 0 and set(places(state.curve, state.w0, state.eta)) == {state.w0}


@says("descend", "After 15 steps the loss is <loss> above its least.")
def after_fifteen(state, said):
    found = excess(state.curve, places(state.curve, state.w0, state.eta)[15])
    return said.loss.is_(found, digits=2) or said.loss.is_(found, digits=3)


@says("descend", "After 15 steps the loss is at its least.")
def least_after_fifteen(state, said):
    return excess(state.curve, places(state.curve, state.w0, state.eta)[15]) < 1e-13


def resting(state, said) -> float:
    """The excess where the run has come to rest, which is the w that was said."""
    assert max(last(state)) - min(last(state)) < 1e-6
    assert said.w.is_(last(state)[-1], 2)
    return excess(state.curve, last(state)[-1])


def losses(state) -> list[float]:
    """The last losses of the run, above the least."""
    return [excess(state.curve, x) for x in last(state)]


@says("descend", "It converges to w = <w>, the bottom.")
def converges(state, said):
    return resting(state, said) < 1e-10


@says("descend", "It converges to w = <w>, in the wrong valley, <loss> above its least.", curve="two valleys", w0=1.5)
def converges_elsewhere(state, said):
    return said.loss.is_(resting(state, said), digits=3)


@says(
    "descend", "It has met the kink exactly, where the slope is taken to be 0, and rests.", curve="wedge", w0=1, eta=0.5
)
def met_the_kink(state, said):
    return state.curve == "wedge" and set(last(state)) == {0.0}


@says(
    "descend",
    "It closes in ever more slowly: after <n> steps the loss is <loss> above its least.",
    curve="plateau",
    w0=1,
    eta=1,
)
def closes_in(state, said):
    w = [abs(x) for x in places(state.curve, state.w0, state.eta)]
    assert w[2000] > w[4000] > w[8000] > 1e-3
    assert w[2000] - w[4000] > w[4000] - w[6000] > w[6000] - w[8000]
    assert said.loss.is_(excess(state.curve, w[int(said.n)]), digits=2)


@says(
    "descend",
    "It never settles: it wanders for ever, with losses from <low> to <high> above its least.",
    curve="two valleys",
    w0=0.5,
    eta=2,
)
def wanders(state, said):
    assert not any(by_turns(last(state), p) for p in range(1, 33))
    assert min(losses(state)) <= said.low + said.low.slack
    assert max(losses(state)) >= said.high - said.high.slack
    assert said.high - said.low > 0.01


@says(
    "descend",
    "It ends by going round <n> places for ever, with losses from <low> to <high> above its least.",
    curve="plateau",
    w0=2,
    eta=2.1,
)
def goes_round(state, said):
    assert by_turns(last(state), int(said.n))
    assert said.low.is_(min(losses(state)), digits=3)
    assert said.high.is_(max(losses(state)), digits=3)


@says(
    "descend",
    "It ends by jumping between <a> and <b> for ever, with a loss [<low> and ]<high> above its least[ by turns].",
    curve="wedge",
    w0=0.5,
    eta=1.5,
)
def jumps(state, said):
    w = last(state)
    assert by_turns(w, 2)
    assert said.a.is_(min(w), 3)
    assert said.b.is_(max(w), 3)
    low, high = min(losses(state)), max(losses(state))
    assert said.high.is_(high, digits=3)
    if said.low is None:
        assert high - low < 1e-8
    else:
        assert said.low.is_(low, digits=3) or low < 1e-14 == said.low + 1e-14


@says("descend", "Only rounding keeps it off the kink, where it would rest.", curve="wedge", w0=1, eta=0.1)
def by_rounding(state, said):
    """In exact arithmetic the start is a whole number of steps from the kink."""
    steps = round(1000 * abs(state.w0)) / round(1000 * state.eta)
    return state.curve == "wedge" and steps == int(steps) and 0 < min(map(abs, last(state))) < 1e-12


# Valley: in the eigenvectors' coordinates each direction is a sequence of its own.


def kept(state) -> tuple[list[float], list[float]]:
    """The errors along the flat and the steep direction after 0, …, 4000 steps."""
    k = state.kappa
    b = ((sqrt(k) - 1) / (sqrt(k) + 1)) ** 2 if state.method == "heavy ball" else 0.0
    both = []
    for rate, start in ((state.eta_L / k, 1.6), (state.eta_L, 0.9)):
        e = [start, start - rate * start]
        while len(e) <= 4000 and abs(e[-1]) < 1e200:
            e.append(e[-1] - rate * e[-1] + b * (e[-1] - e[-2]))
        both.append(e)
    return tuple(both)


def lead(state, said):
    assert said.method.lower() == state.method
    assert said.kappa == state.kappa
    assert said.eta_L == state.eta_L
    assert (said.beta is None) == (state.method == "gradient descent")
    if said.beta is not None:
        assert said.beta.is_(((sqrt(state.kappa) - 1) / (sqrt(state.kappa) + 1)) ** 2, digits=3)


LEAD = "<method:Gradient descent|Heavy ball>[ with β = <beta>], κ = <kappa>, ηL = <eta_L>: "


@says("valley", "Newton, κ = <kappa>: one step to the minimum. It has no step size to choose.", method="Newton")
def one_step(state, said):
    assert said.kappa == state.kappa
    H = np.diag([1.0, state.kappa])
    x = np.array([1.6, 0.9])
    return bool(np.abs(x - np.linalg.solve(H, H @ x)).max() < 1e-12)


@says("valley", LEAD + "diverges, as the steep direction grows <times> times in a step.", eta_L=2.1)
def steep_grows(state, said):
    lead(state, said)
    _, steep = kept(state)
    assert abs(steep[-1]) > 1e6
    assert said.times.is_(abs(steep[-1] / steep[-2]), digits=3)


@says(
    "valley",
    LEAD + "the steep direction neither shrinks nor grows: it jumps from wall to wall for ever.",
    eta_L=2,
    method="gradient descent",
)
def from_wall_to_wall(state, said):
    lead(state, said)
    _, steep = kept(state)
    return steep[4000] == 0.9 == -steep[3999]


@says(
    "valley",
    LEAD + "<which:both directions alike|the steep direction is the slower one|the flat direction is the slower one>, "
    "keeping <share> of its error in a step. After 60 steps <left:none|…> <verb:is left|of the error is left>.",
)
def slower(state, said):
    lead(state, said)
    flat, steep = kept(state)
    b = ((sqrt(state.kappa) - 1) / (sqrt(state.kappa) + 1)) ** 2 if state.method == "heavy ball" else 0.0
    # The larger root of r² = (1 + β − ηλ) r − β in size, by the formula for quadratics.
    roots = []
    for rate in (state.eta_L / state.kappa, state.eta_L):
        half, under = (1 + b - rate) / 2, ((1 + b - rate) / 2) ** 2 - b
        roots.append(abs(half) + sqrt(under) if under > 0 else sqrt(b))
    assert max(roots) < 1
    for e, root in ((flat, roots[0]), (steep, roots[1])):  # the long run keeps to it, swing by swing
        if abs(e[-1]) > 1e-200 and len(e) > 4000:
            late, later = max(map(abs, e[1900:2000])), max(map(abs, e[3900:4000]))
            assert abs((later / late) ** (1 / 2000) - root) < 2e-3
    alike = abs(roots[0] - roots[1]) < 1e-9
    assert said.which == (
        "both directions alike"
        if alike
        else f"the {'flat' if roots[0] > roots[1] else 'steep'} direction is the slower one"
    )
    assert said.share.is_(max(roots), digits=3)
    left = sqrt(flat[60] ** 2 + steep[60] ** 2) / sqrt(1.6**2 + 0.9**2)
    if said.left == "none":
        assert left == 0
    else:
        assert Said(said.left).is_(left, digits=3 if "·" not in said.left else 2)


# Newton's trap: on √(1 + x²) the whole step leads to −x³, by algebra.


@lru_cache
def newton(x0: float, way: str) -> list[float]:
    """x₀, …, x₁₂ by the formulas; the line search halves its share until the loss falls as Armijo asks."""
    x = [x0]
    while len(x) <= 12 and abs(x[-1]) < 1e30:
        at = x[-1]
        step = -(at**3) - at
        share = 0.5 if way == "damped ½" else 1.0
        if way == "line search":
            promised = at / sqrt(1 + at * at) * step
            while sqrt(1 + (at + share * step) ** 2) > sqrt(1 + at * at) + 1e-4 * share * promised:
                share /= 2
        x.append(at + share * step)
    return x


def reads(said: Said, value: float) -> bool:
    """Whether a place was said: to the unit far out, to four digits near, to two where it is tiny; rounding is 0."""
    if abs(value) < 1e-12:
        return abs(said) < 1e-12 and (said == 0 or abs(said - value) < 1e-15)
    if abs(value) >= 100:
        return said.is_(value, 0)
    return said.is_(value, digits=2) if abs(value) < 5e-4 else said.is_(value, digits=4)


@says("trap", "At the minimum the slope is 0, and Newton stays.", x0=0)
def stays(state, said):
    return state.x0 == 0


@says("trap", "<way:Pure Newton|Half steps|Newton with a line search> from <x0>: <a>, <b>, <c>.", x0=0.1)
def first_places(state, said):
    assert said.way == {"pure": "Pure Newton", "damped ½": "Half steps"}.get(state.way, "Newton with a line search")
    assert said.x0 == state.x0
    for place, value in zip((said.a, said.b, said.c), newton(state.x0, state.way)[1:4], strict=True):
        assert reads(place, value), (place, value)


@says("trap", "It diverges, and is stopped after step <n>.", x0=1.5, way="pure")
def flies_away(state, said):
    """It is stopped after the last step whose height is below 10¹²."""
    x = newton(state.x0, state.way)
    assert all(abs(b) > abs(a) for a, b in pairwise(x))
    assert said.n == max(k for k, at in enumerate(x) if abs(at) < 1e12 * sqrt(1 + state.x0**2))


@says("trap", "It jumps between 1 and −1 for ever.", x0=1, way="pure")
def between_one_and_minus_one(state, said):
    return newton(state.x0, state.way) == [state.x0 * (-1) ** k for k in range(13)]


@says("trap", "After 12 steps it is <far> from the minimum.", x0=1, way="damped ½")
def on_its_way(state, said):
    far = abs(newton(state.x0, state.way)[12])
    return far > 1e-15 and (said.far.is_(far, digits=2) or said.far.is_(far, digits=3))


@says("trap", "After 12 steps it is at the minimum.")
def arrives(state, said):
    return abs(newton(state.x0, state.way)[12]) < 1e-15


# Scale it: the same descent on the bowl of the days, written out.

HEIGHTS = [1.2, 1.9, 2.3, 2.6, 3.7, 3.9, 4.4, 5.3, 5.4, 6.3]


@lru_cache
def error_left(offset: float, standardised: bool) -> tuple[float, float, float]:
    """κ, and the shares of the error that are left after 1 and after 200 steps with η = 1/L."""
    x = [day + offset for day in range(1, 11)]
    if standardised:
        mean = sum(x) / 10
        s = sqrt(sum((v - mean) ** 2 for v in x) / 10)
        x = [(v - mean) / s for v in x]
    a, b, d = 1.0, sum(x) / 10, sum(v * v for v in x) / 10
    middle, half = (a + d) / 2, sqrt((a - d) ** 2 / 4 + b * b)
    eta = 1 / (middle + half)
    e0, e1 = 1.6, 1.1
    left = [sqrt(e0 * e0 + e1 * e1)]
    for _ in range(200):
        e0, e1 = e0 - eta * (a * e0 + b * e1), e1 - eta * (b * e0 + d * e1)
        left.append(sqrt(e0 * e0 + e1 * e1))
    return (middle + half) / (middle - half), left[1] / left[0], left[200] / left[0]


@says("scale_it", "Days <first> to <last>, <how:as measured|standardised>: κ = <kappa>.")
def condition(state, said):
    assert said.how == state.scaling
    assert said.first.is_(1 + state.offset)
    assert said.last.is_(10 + state.offset)
    assert said.kappa.is_(error_left(state.offset, state.scaling == "standardised")[0])


@says("scale_it", "The bowl is round, and the first step leads to its bottom.")
def round_bowl(state, said):
    return error_left(state.offset, state.scaling == "standardised")[1] < 1e-12


@says("scale_it", "After 200 steps with η = 1/L, <left> of the error is left.")
def left_after_200(state, said):
    return said.left.is_(error_left(state.offset, state.scaling == "standardised")[2], digits=3)


# Astray: the terrain's derivatives written out, and the methods with them.


def height(x: float, y: float) -> float:
    R = x * x + y * y
    return np.sin(R) + R + 2 * np.sin(3 * x) * np.sin(3 * y)


def slope_and_bend(x: float, y: float) -> tuple[np.ndarray, np.ndarray]:
    R = x * x + y * y
    c, s = np.cos(R), np.sin(R)
    sx, sy, cx, cy = np.sin(3 * x), np.sin(3 * y), np.cos(3 * x), np.cos(3 * y)
    g = np.array([2 * x * (1 + c) + 6 * cx * sy, 2 * y * (1 + c) + 6 * sx * cy])
    hxx = 2 * (1 + c) - 4 * x * x * s - 18 * sx * sy
    hyy = 2 * (1 + c) - 4 * y * y * s - 18 * sx * sy
    hxy = -4 * x * y * s + 18 * cx * cy
    return g, np.array([[hxx, hxy], [hxy, hyy]])


@lru_cache
def walked(x0: float, y0: float, walker: str) -> tuple[np.ndarray, bool]:
    """Where the steps that the figure shows lead, and whether they were ever far out."""
    p, far = np.array([x0, y0]), False
    for _ in range(20 if walker == "gradient descent" else 12):
        g, H = slope_and_bend(*p)
        if walker == "gradient descent":
            p = p - 0.04 * g
        elif walker == "pure Newton":
            p = p - np.linalg.solve(H, g)
        else:
            w, Q = np.linalg.eigh(H)
            step = -Q @ ((Q.T @ g) / np.maximum(np.abs(w), 1e-8 * np.abs(w).max()))
            share = 1.0
            while height(*(p + share * step)) > height(*p) + 1e-4 * share * (g @ step) and share > 1e-9:
                share /= 2
            p = p + share * step
        far = far or np.abs(p).max() >= 3
    return p, far


def way(state, said):
    assert said.walker == state.walker[0].upper() + state.walker[1:]
    assert (said.x, said.y) == (state.x0, state.y0)
    p, _ = walked(state.x0, state.y0, state.walker)
    assert said.a.is_(height(state.x0, state.y0), 2)
    assert said.b.is_(height(*p), 2), (said.b, height(*p))


def kind_of(p: np.ndarray) -> str:
    g, H = slope_and_bend(*p)
    w = np.linalg.eigvalsh(H)
    return "" if np.linalg.norm(g) >= 1e-3 else "minimum" if w[0] > 0 else "maximum" if w[1] < 0 else "saddle"


WAY = "<walker:Gradient descent|Pure Newton|Newton downhill> from (<x>, <y>): from height <a> to <b>"


@says("astray", WAY + ", on a <kind:minimum|saddle|maximum>[<climbs:: it has climbed>].", x0=0.5, y0=0.5)
def ends_on(state, said):
    way(state, said)
    p, far = walked(state.x0, state.y0, state.walker)
    assert not far
    assert said.kind == kind_of(p)
    assert (said.climbs is not None) == (height(*p) > height(state.x0, state.y0) + 1e-6)
    if said.kind != "minimum" and state.walker == "gradient descent":  # by symmetry alone: it does not merely pass it
        assert abs(state.x0) == abs(state.y0)


@says("astray", WAY + ", far out, on a <kind:minimum|saddle|maximum>.", x0=-1.75, y0=-1)
def ends_far_out(state, said):
    way(state, said)
    p, far = walked(state.x0, state.y0, state.walker)
    assert far
    assert said.kind == kind_of(p)


@says("astray", WAY + "; after <n> steps it is still under way.", x0=-2, y0=-1.75, walker="gradient descent")
def under_way(state, said):
    way(state, said)
    p, far = walked(state.x0, state.y0, state.walker)
    assert said.n == (20 if state.walker == "gradient descent" else 12)
    assert not far
    assert not kind_of(p)


@says("astray", WAY + ", far out, under way.")
def far_out_under_way(state, said):
    way(state, said)
    p, far = walked(state.x0, state.y0, state.walker)
    assert far
    assert not kind_of(p)
