"""The curve on which a local quadratic has the height of the start: an ellipse about its centre, or a hyperbola."""

import numpy as np
from matplotlib.path import Path

#: The handle of a cubic that comes nearest to a quarter of a circle.
ROUND = 4 / 3 * (np.sqrt(2) - 1)
NOTHING = Path(np.zeros((1, 2)), [Path.MOVETO])


def conic(start: np.ndarray, g: np.ndarray, H: np.ndarray, grain: float, reach: float = 0.9) -> Path:
    """The points x where q(x) = q(start) for q(x) = gᵀ(x − start) + ½ (x − start)ᵀH(x − start), as cubics.

    An ellipse is whole; a hyperbola goes on for `reach` in its own angle beyond the start. Nothing where g = 0.
    The centre lies on a multiple of `grain`, and all else by multiples of it from there: one half mirrors the other.
    """
    w, Q = np.linalg.eigh(H)
    along = -(Q.T @ g) / w  # from the start to the centre, where q is flat
    e = float(along**2 @ w)
    if not g.any():
        return NOTHING
    centre, axes = start + Q @ along, np.sqrt(np.abs(e / w))
    if w[0] * w[1] > 0:
        quarter = np.array([(1, 0), (1, ROUND), (ROUND, 1), (0, 1), (-ROUND, 1), (-1, ROUND), (-1, 0)])
        unit = np.vstack([quarter, -quarter[1:]])
        branches = [unit]
    else:
        # Along the axis whose eigenvalue has the sign of e the branch is a cosh, along the other a sinh.
        cosh = 0 if w[0] * e > 0 else 1
        far = np.arcsinh(abs(along[1 - cosh]) / axes[1 - cosh]) + reach
        s = np.linspace(-far, far, 1 + 2 * int(np.ceil(far / 1.6)))
        h = (s[1] - s[0]) / 3
        knots, slopes = np.stack([np.cosh(s), np.sinh(s)], 1), np.stack([np.sinh(s), np.cosh(s)], 1)
        unit = np.vstack(
            [knots[0]]
            + [[a + h * da, b - h * db, b] for a, da, b, db in zip(knots, slopes, knots[1:], slopes[1:], strict=False)]
        )
        unit = unit if cosh == 0 else unit[:, ::-1]
        branches = [unit, -unit]
    vertices = [((centre / grain).round() + ((branch * axes) @ Q.T / grain).round()) * grain for branch in branches]
    codes = [[Path.MOVETO] + [Path.CURVE4] * (len(branch) - 1) for branch in branches]
    return Path(np.vstack(vertices), np.concatenate(codes))
