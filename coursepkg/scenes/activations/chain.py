"""Whisper chain: what is left of a gradient on its way back through a chain of neurons."""

from functools import lru_cache

import numpy as np

from ...explorable import Ask, Choice, Frame, Slider, explorable
from ...plots.key import key
from ...plots.numbers import as_set
from ...plots.powers import PowerBars, power, power_axis
from ...plots.split import SIDE
from ...plots.style import INK
from .table import TABLE, rounded

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
        wrong=(
            "It would be so if every z were 0. But the sigmoid puts out positive numbers, and 4 times such a number "
            "is a large z.",
            "It helps the bound, not the gradient: a larger weight also makes z larger, and the slope there smaller.",
        ),
    ),
    presets={
        "sigmoid, w = 1": dict(g="sigmoid", w=1, L=20),
        "sigmoid, w = 4": dict(g="sigmoid", w=4, L=20),
        "ReLU, w = 1": dict(g="ReLU", w=1, L=20),
        "ReLU, w = 2": dict(g="ReLU", w=2, L=20),
        "step": dict(g="step", w=1, L=20),
    },
    size=(5.0, 3.5),
    g=Choice(*TABLE, label="activation g", value="sigmoid"),
    w=Slider(0.5, 6, 0.5, label="weight w", value=1),
    L=Slider(1, DEPTH, 1, label="depth L", value=10, whole=True),
)
def whisper(fig):
    ax = fig.add_subplot(xlim=(-0.8, DEPTH + 0.8), xticks=[0, 5, 10, 15, 20], xlabel="layer l")
    power_axis(ax, LOW, HIGH, 6)
    ax.set_ylabel("gradient at layer l")
    gradient = PowerBars(ax)
    (limit,) = ax.plot([], [], color=INK, linewidth=1.2, linestyle="--")
    (output,) = ax.plot([], [], "D", color=INK, markersize=6)
    label = ax.text(0, 0, "output", ha="center")
    note = ax.text(-0.5, 0, "")
    names = {"grown": gradient.up, "shrunk": gradient.down, "exactly 0": gradient.zeros, "beyond": gradient.above}
    key(fig, names | {"bound": limit})
    ax.set_title("the bound: (w · max g′) to the power L − l")

    def update(g, w, L):
        exponents = heard(g, w, L)
        gradient.move(exponents)
        top = w * steepest(g)
        ends = np.array([0, L])
        allowed = (L - ends) * np.log10(top) if top else np.zeros(2)
        limit.set_data(*(([], []) if not top else clipped(ends, allowed)))
        output.set_data([L], [0])
        rises = exponents[0] > 0  # the words stand where the bars are not
        label.set(position=(min(L, DEPTH - 1), -1 if rises else 1), va="top" if rises else "bottom")
        note.set(text=f"at the input: {power(exponents[0])}")
        note.set(y=LOW + 0.8 if rises else HIGH - 0.6, va="bottom" if rises else "top")
        return Frame([*gradient.artists, limit, output, label, note], says=whisper_says(g, w, L, exponents[0], top))

    return update


def clipped(x: np.ndarray, y: np.ndarray) -> tuple[list[float], list[float]]:
    """The part of the segment from (x₀, y₀) to (x₁, 0) that lies between LOW and HIGH."""
    y0 = float(np.clip(y[0], LOW, HIGH))
    x0 = x[1] - (x[1] - x[0]) * (y0 / y[0] if y[0] else 1)
    return [float(x0), float(x[1])], [y0, 0.0]


def whisper_says(g: str, w: float, L: int, exponent: float, top: float) -> str:
    """What is left of the gradient, and what the bound allows."""
    said = f"{g}, w = {as_set(w)}, {L} layer{'s' * (L > 1)}: "
    if exponent == -np.inf:
        return said + "the gradient at the input is exactly 0, and no layer can learn."
    said += f"of a gradient 1 at the output, {power(exponent)} reaches the input. "
    said += f"The bound allows {power(L * np.log10(top))}"
    last = chain_factors(g, w)[L - 1]
    return said + f"; the last factor w·g′(z) was {power(np.log10(last)) if last > 0 else rounded(last)}."
