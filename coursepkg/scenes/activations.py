"""Chapter 3: activations and their slopes, gradients on their way through a chain, and where weights should start."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from ..engine.activations import ACTIVATIONS, Activation, step
from ..engine.initialisers import normal
from ..engine.layers import Activate, Mode, passes
from ..engine.network import Network, mlp
from ..explorable import Ask, Choice, Frame, Slider, explorable
from ..plots.diagram import number
from ..plots.powers import PowerBars, power, power_axis
from ..plots.split import SIDE, SplitCurve
from ..plots.style import BLUE, FAINT, INK, VERMILLION
from ..plots.violins import Violins

#: The ten functions of the chapter's table, by the name that a reader sees.
TABLE: dict[str, Activation] = {
    name: ACTIVATIONS[key]
    for name, key in {
        "identity": "identity",
        "step": "step",
        "sigmoid": "sigmoid",
        "tanh": "tanh",
        "ReLU": "relu",
        "GELU": "gelu",
        "softplus": "softplus",
        "ELU": "elu",
        "SELU": "selu",
        "leaky ReLU": "leaky_relu",
    }.items()
}


def one_sided(f, z: float = 0.0) -> tuple[float, float]:
    """The limits of ``f`` at ``z`` from the left and from the right."""
    return tuple(float(value) for value in f(np.array([z - SIDE, z + SIDE])))


def breaks(g: Activation) -> bool:
    """Whether ``g`` has no derivative at 0, since itself or its slope jumps there."""
    return any(abs(np.subtract(*one_sided(f))) > 1e-6 for f in (g.f, g.df))


Z = {"start": -6, "stop": 6, "step": 0.2, "label": "sum z"}


@explorable(
    title="Slope bank",
    alt="Above: the curve of an activation g over z from −6 to 6, a dot at the chosen z and the tangent there. Below, "
    "over the same z: its derivative g′ with a dot, and dashed lines at the slopes 0 and 1. Rings at z = 0 mark a "
    "derivative that does not exist.",
    ask=Ask(
        "Ten functions. Which of them are somewhere steeper than the line a = z, whose slope is 1?",
        ("None: 1 is the most", "tanh and softplus", "GELU and SELU"),
        answer=2,
        because="GELU′ reaches 1.129 near z = 1.4, and SELU′ reaches 1.758 just left of 0 and is 1.051 right of it. "
        "All others stay at 1 or below; the sigmoid never exceeds 0.25.",
    ),
    presets={
        "the sigmoid at its best": dict(g="sigmoid", z=0),
        "saturated": dict(g="sigmoid", z=5),
        "ReLU's kink": dict(g="ReLU", z=0),
        "GELU goes down": dict(g="GELU", z=-1.2),
        "SELU's step": dict(g="SELU", z=-0.2),
    },
    size=(5.0, 4.4),
    g=Choice(*TABLE, label="activation g", value="sigmoid"),
    z=Slider(**Z, value=1),
)
def slope_bank(fig):
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=(1.9, 1))
    upper.set(xlim=(-6.2, 6.2), ylim=(-2.3, 6.5), ylabel="a = g(z)", yticks=[-2, 0, 2, 4, 6])
    lower.set(ylim=(-0.3, 2), ylabel="slope g′(z)", xlabel="sum z", yticks=[0, 1, 2])
    for ax in (upper, lower):
        ax.axhline(0, color=FAINT, linewidth=0.8, zorder=0.5)
        ax.axvline(0, color=FAINT, linewidth=0.8, zorder=0.5)
    lower.axhline(1, color=FAINT, linewidth=1, linestyle="--", zorder=0.5)
    curve = SplitCurve(upper, (-6, 6), color=INK, linewidth=1.6)
    slope = SplitCurve(lower, (-6, 6), color=INK, linewidth=1.6)
    (tangent,) = upper.plot([], [], color=BLUE, linewidth=2.6, solid_capstyle="round")
    dots = [ax.plot([], [], "o", color=BLUE, markersize=8, zorder=4)[0] for ax in (upper, lower)]
    (drop,) = lower.plot([], [], color=BLUE, linewidth=1.2, linestyle=":")
    note = upper.text(-6, 6.2, "", va="top", fontsize=11)

    def update(g, z):
        chosen = TABLE[g]
        broken = breaks(chosen)
        curve.move(chosen.f, rings=chosen.f is step)
        slope.move(chosen.df, rings=broken)
        a, rate = float(chosen.f(z)), float(chosen.df(z))
        undefined = broken and z == 0
        reach = np.array([-1.5, 1.5]) / np.hypot(1, rate)
        tangent.set_data([] if undefined else z + reach, [] if undefined else a + rate * reach)
        dots[0].set_data([z], [a])
        dots[1].set_data([] if undefined else [z], [] if undefined else [rate])
        drop.set_data([] if undefined else [z, z], [] if undefined else [0, rate])
        note.set_text(f"g = {number(a)}\ng′ " + ("does not exist" if undefined else f"= {rounded(rate)}"))
        artists = [*curve.artists, *slope.artists, tangent, *dots, drop, note]
        return Frame(artists, says=slope_says(g, z, a, rate, undefined))

    return update


def rounded(value: float) -> str:
    """A slope to four decimals, with a true minus sign; a slope that is tiny but not 0 is said to be so."""
    if value and abs(value) < 5e-5:
        return "0.0000…"
    return f"{round(value, 4) + 0.0:g}".replace("-", "−")


def slope_says(g: str, z: float, a: float, rate: float, undefined: bool) -> str:
    """The value and the slope in words, and what they mean for learning."""
    said = f"{g} at z = {number(z)}: a = {rounded(a)}. "
    if undefined:
        left, right = one_sided(TABLE[g].df)
        if left == right:
            return said + "It jumps here, so it has no derivative; on both sides the slope is 0."
        return (
            said
            + f"It has no derivative here: the slope is {rounded(left)} on the left and {rounded(right)} on the right."
        )
    said += f"The slope is {rounded(rate)}: "
    if rate == 0:
        return said + "no gradient passes."
    if rate < 0:
        return said + "a gradient passes with its sign reversed."
    if rate == 1:
        return said + "a gradient passes unchanged."
    return said + (
        f"a gradient leaves {rounded(rate)} times as large."
        if rate > 1 or rate >= 5e-5
        else "hardly any gradient passes."
    )


DEPTH = 20
LOW, HIGH = -24, 18


@lru_cache
def steepest(g: str) -> float:
    """The supremum of the slope of ``g``: on a fine grid, at both sides of 0, and at GELU's steepest point."""
    z = np.concatenate([np.linspace(-8, 40, 9601), [-SIDE, SIDE, np.sqrt(2)]])
    return float(TABLE[g].df(z).max())


@lru_cache
def chain_factors(g: str, w: float, x: float = 1.0, b: float = 0.0) -> np.ndarray:
    """The factors w g′(z⁽ˡ⁾) (DEPTH,) of a chain a⁽ˡ⁾ = g(w a⁽ˡ⁻¹⁾ + b) of single neurons from a⁽⁰⁾ = x."""
    a, factors = x, []
    for _ in range(DEPTH):
        z = w * a + b
        factors.append(w * float(TABLE[g].df(z)))
        a = float(TABLE[g].f(z))
    return np.array(factors)


def heard(g: str, w: float, L: int) -> np.ndarray:
    """log₁₀ |∂a⁽ᴸ⁾/∂a⁽ˡ⁾| (L,) for l = 0, …, L − 1 in the chain of ``L`` neurons; −∞ where it is 0."""
    with np.errstate(divide="ignore"):
        steps = np.log10(np.abs(chain_factors(g, w)[:L]))
    return np.cumsum(steps[::-1])[::-1]


@explorable(
    title="Whisper chain",
    alt="A bar for each layer of a chain of single neurons, on an axis of powers of ten: how much of the output's "
    "gradient reaches it. Filled bars rise where the gradient has grown, pale outlined ones hang where it has "
    "shrunk, arrows leave the picture, and crosses mark exact zeros. A dashed line is the bound.",
    ask=Ask(
        "The sigmoid's slope is at most ¼. In a chain of 20 sigmoid neurons without biases you raise every weight "
        "from 1 to 4. Does that cure the vanishing gradient?",
        ("Yes: 4 · ¼ = 1", "It helps, but not fully", "No: it makes it worse"),
        answer=2,
        because="The slope is ¼ at z = 0 alone. A larger weight pushes z away from 0, where the sigmoid is flat: "
        "with w = 4 a gradient shrinks to 4·10⁻²³ on its way, with w = 1 to 10⁻¹³.",
    ),
    presets={
        "sigmoid, w = 1": dict(g="sigmoid", w=1, L=20),
        "sigmoid, w = 4": dict(g="sigmoid", w=4, L=20),
        "ReLU, w = 1": dict(g="ReLU", w=1, L=20),
        "ReLU, w = 2": dict(g="ReLU", w=2, L=20),
        "step": dict(g="step", w=1, L=20),
    },
    size=(5.0, 3.3),
    g=Choice(*TABLE, label="activation g", value="sigmoid"),
    w=Slider(0.5, 6, 0.5, label="weight w", value=1),
    L=Slider(1, DEPTH, 1, label="depth L", value=10),
)
def whisper(fig):
    ax = fig.add_subplot(xlim=(-0.8, DEPTH + 0.8), xticks=[0, 5, 10, 15, 20], xlabel="layer l")
    power_axis(ax, LOW, HIGH, 6)
    ax.set_ylabel("gradient at layer l")
    gradient = PowerBars(ax)
    (limit,) = ax.plot([], [], color=INK, linewidth=1.2, linestyle="--")
    (output,) = ax.plot([], [], "D", color=INK, markersize=6)
    label = ax.text(0, 1, "output", ha="center", va="bottom", fontsize=10)
    note = ax.text(-0.5, HIGH - 0.6, "", va="top", fontsize=11)
    ax.set_title("dashed: the bound (w · max g′)ᴸ⁻ˡ", fontsize=10)

    def update(g, w, L):
        exponents = heard(g, w, L)
        gradient.move(exponents)
        top = w * steepest(g)
        ends = np.array([0, L])
        allowed = (L - ends) * np.log10(top) if top else np.zeros(2)
        limit.set_data(*(([], []) if not top else clipped(ends, allowed)))
        output.set_data([L], [0])
        label.set_position((min(L, DEPTH - 1), 1))
        note.set_text(f"at the input: {power(exponents[0])}")
        return Frame([*gradient.artists, limit, output, label, note], says=whisper_says(g, w, L, exponents[0], top))

    return update


def clipped(x: np.ndarray, y: np.ndarray) -> tuple[list[float], list[float]]:
    """The part of the segment from (x₀, y₀) to (x₁, 0) that lies between LOW and HIGH."""
    y0 = float(np.clip(y[0], LOW, HIGH))
    x0 = x[1] - (x[1] - x[0]) * (y0 / y[0] if y[0] else 1)
    return [float(x0), float(x[1])], [y0, 0.0]


def whisper_says(g: str, w: float, L: int, exponent: float, top: float) -> str:
    """What is left of the gradient, and what the bound allows."""
    said = f"{g}, w = {number(w)}, {L} layer{'s' * (L > 1)}: "
    if exponent == -np.inf:
        return said + "the gradient at the input is exactly 0, and no layer can learn."
    said += f"of a gradient 1 at the output, {power(exponent)} reaches the input. "
    said += f"The bound allows {power(L * np.log10(top))}"
    last = chain_factors(g, w)[L - 1]
    return said + f"; the last factor w·g′(z) was {power(np.log10(last)) if last > 0 else rounded(last)}."


WIDTH, SAMPLES = 100, 50
STARTS = {"zero": "zero", "small": normal(0.01), "Glorot": "glorot", "He": "he", "large": normal(1.0)}
HIDDEN = ("sigmoid", "tanh", "ReLU", "SELU")


class Signals(NamedTuple):
    """Activations a⁽ˡ⁾ and blames ∂L/∂z⁽ˡ⁾ (L arrays, each (units, samples)), from layer 1 to layer L."""

    forward: tuple[np.ndarray, ...]
    backward: tuple[np.ndarray, ...]


@lru_cache
def fresh(start: str, g: str) -> tuple[Network, np.ndarray]:
    """A network of DEPTH layers of WIDTH units and its first parameters; the input and all layers are alike."""
    net = mlp((WIDTH,) * (DEPTH + 1), TABLE[g], TABLE[g])
    return net, net.init(seed=3, how=STARTS[start])


@lru_cache(maxsize=256)
def signals(start: str, g: str, L: int) -> Signals:
    """One pass forward and one backward through the first L layers of a fresh network, biases 0.

    Inputs, and the gradient ∂L/∂a⁽ᴸ⁾ sent back from the output, are drawn from a unit normal distribution.
    """
    net, theta = fresh(start, g)
    rng = np.random.default_rng(33)
    A, D = rng.standard_normal((WIDTH, SAMPLES)), rng.standard_normal((WIDTH, SAMPLES))
    forward, backward, pullbacks = [], [], []
    for layer, output, pullback in passes(net.layers[: 2 * L], theta, A, Mode()):
        pullbacks.append((layer, pullback))
        if isinstance(layer, Activate):
            forward.append(output)
    for layer, pullback in reversed(pullbacks):
        D = pullback(D)[1]
        if isinstance(layer, Activate):
            backward.append(D)
    return Signals(tuple(forward), tuple(backward[::-1]))


@lru_cache(maxsize=256)
def sizes(start: str, g: str, L: int) -> tuple[np.ndarray, np.ndarray]:
    """log₁₀ of the root mean square of activations and of blames, (L,) each; −∞ where all are 0."""
    with np.errstate(divide="ignore"):
        return tuple(np.array([np.log10(np.sqrt((v**2).mean())) for v in part]) for part in signals(start, g, L))


@lru_cache(maxsize=256)
def spread(start: str, g: str, L: int) -> tuple[tuple[float, float], ...]:
    """log₁₀ of the 5 % and 95 % quantiles of |∂L/∂z⁽ˡ⁾| among those that are not 0; empty for a layer of zeros."""
    kept = (np.abs(D[D != 0]) for D in signals(start, g, L).backward)
    return tuple(tuple(np.log10(np.quantile(D, (0.05, 0.95)))) if len(D) else () for D in kept)


FLOOR, CEILING = -15, 15


@explorable(
    title="Start right",
    alt="Above: for each layer of a fresh network the distribution of its activations between −2 and 2, a shape "
    "that is wider where more of them lie. Below, on an axis of powers of ten: filled dots for the size of the "
    "activations and hollow squares for the size of the "
    "gradients, layer by layer, each on a pale stroke that holds the middle 90 % of them; arrows leave the picture.",
    ask=Ask(
        "Glorot's start carries signals through 20 layers of tanh with little loss. What will it do in 20 layers of "
        "ReLU?",
        ("The same", "Signals shrink about a thousandfold", "Signals grow about a thousandfold"),
        answer=1,
        because="A ReLU silences half of its inputs, which halves the mean square in each layer: 2⁻²⁰ after 20, and "
        "its root is about 1/1000. He's start doubles the variance of the weights to make up for it.",
    ),
    presets={
        "too small": dict(start="small", g="tanh", L=20),
        "too large": dict(start="large", g="tanh", L=10),
        "Glorot and tanh": dict(start="Glorot", g="tanh", L=20),
        "Glorot and ReLU": dict(start="Glorot", g="ReLU", L=20),
        "He and ReLU": dict(start="He", g="ReLU", L=20),
    },
    size=(5.0, 4.4),
    budget=200,
    start=Choice(*STARTS, label="initialisation", value="small"),
    g=Choice(*HIDDEN, label="activation g", value="tanh"),
    L=Slider(2, DEPTH, 2, label="depth L", value=10),
)
def start_right(fig):
    upper, lower = fig.subplots(2, 1, sharex=True, height_ratios=(1, 1.2))
    upper.set(xlim=(0.2, DEPTH + 0.8), ylim=(-2.1, 2.1), yticks=[-2, -1, 0, 1, 2], ylabel="activations")
    upper.axhline(0, color=FAINT, linewidth=0.8, zorder=0.5)
    lower.set(xlabel="layer l", xticks=[1, 5, 10, 15, 20])
    power_axis(lower, FLOOR, CEILING, 5)
    lower.set_ylabel("size")
    violins = Violins(upper, DEPTH)
    series = [
        lower.plot([], [], look, color=ink, fillstyle=fill, markersize=5, linewidth=0.9, mew=1.2)[0]
        for look, ink, fill in (("o-", BLUE, "full"), ("s--", VERMILLION, "none"))
    ]
    above, below = (lower.plot([], [], look, color=INK, markersize=6)[0] for look in "^v")
    lines = lower.add_patch(PathPatch(strokes([]), facecolor="none", edgecolor=VERMILLION, linewidth=3, alpha=0.35))
    names = ("● activations", "□ gradients")
    for name, x in zip(names, (0.5, 8), strict=True):
        lower.text(x, CEILING, name, va="top", fontsize=10)
    note = lower.text(0.5, FLOOR + 0.5, "", va="bottom", fontsize=10)

    def update(start, g, L):
        violins.move(signals(start, g, L).forward)
        both = sizes(start, g, L)
        layer = np.arange(1, L + 1)
        for line, exponents in zip(series, both, strict=True):
            seen = (exponents >= FLOOR) & (exponents <= CEILING)
            line.set_data(layer[seen], exponents[seen])
        lines.set_path(
            strokes(
                [
                    (l, *np.clip(ends, FLOOR, CEILING))
                    for l, ends in zip(layer, spread(start, g, L), strict=True)
                    if ends
                ]
            )
        )
        gone = (both[0] < FLOOR) | (both[1] < FLOOR)
        far = (both[0] > CEILING) | (both[1] > CEILING)
        below.set_data(layer[gone], np.full(gone.sum(), FLOOR + 3.4))
        above.set_data(layer[far], np.full(far.sum(), CEILING - 4.4))
        dead = bool(np.isneginf(both[1][0]))
        note.set_text("gradients are exactly 0 below the last layer" if dead else "")
        return Frame([*violins.artists, lines, *series, above, below, note], says=start_says(start, g, L))

    return update


def strokes(ends: list[tuple[float, float, float]]) -> Path:
    """One path of upright strokes (x, bottom, top), leaving out those of no length."""
    points = [point for x, low, high in ends if low < high for point in ((x, low), (x, high))]
    return Path(points or [(0, 0)], [Path.MOVETO, Path.LINETO] * (len(points) // 2) or [Path.MOVETO])


def start_says(start: str, g: str, L: int) -> str:
    """The size of the activations in the last layer and of the gradients in the first, in words."""
    forward, backward = sizes(start, g, L)
    said = f"{start} start, {g}, {L} layers: activations have size {power(forward[0])} in layer 1 and "
    said += f"{power(forward[-1])} in layer {L}; "
    if np.isneginf(backward[0]):
        return said + "no gradient passes a weight that is 0."
    return said + f"gradients have size {power(backward[-1])} in layer {L} and {power(backward[0])} in layer 1."
