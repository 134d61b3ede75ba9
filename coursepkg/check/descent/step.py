"""The largest stable step size: on any bowl, and at the bottom of Rosenbrock's valley."""

import numpy as np

from coursepkg.engine.landscapes import ROSENBROCK, quadratic

from ..answer import Answer, Wrong, numbers, says, show
from ..exercise import exercise
from ..slips import Slip, known

_BOWLS = (
    np.array([[3.0, 1.0, 0.0], [1.0, 2.0, 0.5], [0.0, 0.5, 1.0]]),
    quadratic(30.0, 0.6).hessian(np.zeros(2)),
    np.diag([1.5, 4.0]),
)
_STEPS: tuple[Slip, ...] = (
    (lambda H, e: 1 / e[-1], "That is safe, but twice as large is safe too.", "When does |1 − ηλ| reach 1?"),
    (lambda H, e: 2 / e[0], "The flat direction allows that, the steep one does not.", "Which λ is first to reach −1?"),
    (lambda H, e: 2 / (e[0] + e[-1]), "That is the best constant step, not the largest.", "Push on until it diverges."),
    (lambda H, e: e[-1], "That is the curvature L itself.", "Solve |1 − ηL| < 1 for η."),
    (lambda H, e: e[-1] / 2, "You have it upside down: more curvature allows shorter steps.", "Take its inverse."),
    (
        lambda H, e: 2 / np.trace(H),
        "The trace is the sum of all eigenvalues; only the largest one limits the step.",
        "Use np.linalg.eigvalsh(H).",
    ),
    (
        lambda H, e: 2 / np.diag(H).max(),
        "The diagonal holds the curvatures along the axes; between them there may be more.",
        "Use np.linalg.eigvalsh(H).",
    ),
    (
        lambda H, e: 2 / np.linalg.norm(H),
        "np.linalg.norm of a matrix takes the root of the sum of squares; L is the largest eigenvalue.",
        "np.linalg.norm(H, 2) would do.",
    ),
)


@exercise(
    "Along an eigenvector with eigenvalue λ a step multiplies the error by 1 − ηλ.",
    "It must stay between −1 and 1 for every λ. The largest λ leaves that interval first, at η = 2/λ.",
    "np.linalg.eigvalsh(H) returns the eigenvalues, the largest last.",
)
def largest_step(step: Answer, seed: int = 0) -> str:
    """`step(H)` returns the largest η, within 1 %, for which descent on ½ wᵀHw does not diverge."""
    rng = np.random.default_rng(seed)
    for H in (*_BOWLS, _bowl(rng, 3), _bowl(rng, 4)):
        e = np.linalg.eigvalsh(H)
        on = f"H = {show(H.tolist())}"
        eta = float(numbers([step(H)], 1, "one step size η", on)[0])
        wanted = 2 / e[-1]
        if not abs(eta / wanted - 1) < 0.01:
            words = known(eta, _STEPS, H, e, rtol=1e-3)
            if not words and eta > wanted:
                words = says("With that step size descent diverges on this bowl.", "Follow it for 1,000 steps and see.")
            raise Wrong("η", on=on, got=show(eta), **words)
    return "2/L it is, with L the largest eigenvalue: the steep direction alone sets the limit."


def _bowl(rng: np.random.Generator, p: int) -> np.ndarray:
    """A Hessian (p, p) with eigenvalues between 1 and 9, turned by lot."""
    turn, _ = np.linalg.qr(rng.normal(size=(p, p)))
    return ((turn * rng.uniform(1, 9, p)) @ turn.T).round(3)


_RATIOS: tuple[Slip, ...] = (
    (lambda e, H: e[0] / e[1], "You have it upside down: κ is at least 1.", "Divide the largest by the smallest."),
    (
        lambda e, H: H[0, 0] / H[1, 1],
        "Those are the diagonal's entries; κ is the ratio of the eigenvalues.",
        "Use np.linalg.eigvalsh(H).",
    ),
    (lambda e, H: (e[1] / e[0]) ** 0.5, "That is √κ, on which the heavy ball depends.", "Do not take the root."),
    (lambda e, H: (e[1] / e[0]) ** 2, "That is κ²: no square is needed, H is XᵀX already.", "Do not square."),
)
_LIMITS: tuple[Slip, ...] = (
    (lambda e, H: 1 / e[1], "κ is right. Your η is safe, but it may be twice as long.", "Divide 2 by L."),
    (lambda e, H: 2 / H[0, 0], "κ is right. For η the eigenvalue counts, not the entry 802.", "Divide 2 by L."),
    (
        lambda e, H: 2 / e[0],
        "κ is right. Your η is the flat direction's limit.",
        "The steep direction is the stricter.",
    ),
    (lambda e, H: 2 / (e[0] + e[1]), "κ is right. That is the best step, not the largest.", "Divide 2 by L."),
)


@exercise(
    "Differentiate f twice and put in (1, 1); or call ROSENBROCK.hessian(np.array([1.0, 1.0])).",
    "H = [[802, −400], [−400, 200]]. κ is the ratio of its eigenvalues, the limit is 2/L.",
    "λ² − 1002 λ + 400 = 0 has the roots 0.399 and 1001.6.",
)
def rosenbrock_valley(valley: Answer) -> str:
    """`valley()` returns (κ, η): the condition number at Rosenbrock's minimum, and the largest stable step there."""
    H = ROSENBROCK.hessian(np.ones(2))
    e = np.linalg.eigvalsh(H)
    kappa, eta = numbers(valley(), 2, "(κ, η)", "your answer")
    on = "the minimum (1, 1)"
    if abs(kappa / (e[1] / e[0]) - 1) > 1e-3:
        words = known(kappa, _RATIOS, e, H, rtol=5e-3)
        if not words and abs(eta / (e[1] / e[0]) - 1) < 5e-3:
            words = says("You have the two numbers the wrong way round.", "Return κ first.")
        raise Wrong("κ", on=on, got=show(kappa), **words)
    if not -1e-4 < eta * e[1] / 2 - 1 < 1e-9:  # what is longer diverges, by however little
        words = known(eta, _LIMITS, e, H, rtol=1e-5)
        if not words and abs(eta * e[1] / 2 - 1) < 0.01:
            rule = "κ is right. Your η is near, but with it descent diverges, if slowly."
            if eta * e[1] < 2:
                rule = "κ is right. Your η is near, but a step a little longer is still stable."
            words = says(rule, "Take five digits of the limit, and round them down.")
        ask = "κ is right. Which of the two eigenvalues limits the step, and when does |1 − ηλ| reach 1?"
        raise Wrong("η", on=on, got=f"{eta:.8g}", **(words or {"ask": ask}))
    return f"κ = {e[1] / e[0]:.0f}, and η must stay below {2 / e[1]:.6f}: a valley 50 times longer than it is wide."
