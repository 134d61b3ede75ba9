"""Known mistakes: what each makes of the input, the rule that it breaks and the next step; and the loop over them."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from .answer import Answer, Wrong, numbers, says, show

Slip = tuple[Any, str, str]
"""What the mistake makes, as a value or as a function of the input; the rule; the next step."""


def known(got: Any, slips: Iterable[Slip], *given: Any, rtol: float = 1e-6, atol: float = 1e-9) -> dict[str, str]:
    """The words, as keywords of `Wrong`, on the first of the `slips` that makes `got` of what was `given`; or none."""
    got = np.ravel(np.asarray(got, float))
    for wrong, rule, next in slips:
        try:
            with np.errstate(all="ignore"):
                made = flat(wrong(*given) if callable(wrong) else wrong)
        except (ValueError, ArithmeticError, np.linalg.LinAlgError):  # a product that does not fit, a division by 0
            continue
        if made.shape == got.shape and np.allclose(made, got, rtol=rtol, atol=atol):
            return says(rule, next)
    return {}


def compare(
    answer: Answer,
    quantity: str,
    given: Mapping[str, Any],
    right: Any,
    slips: Iterable[Slip] = (),
    *,
    what: str = "",
    on: str = "",
    rtol: float = 1e-6,
    atol: float = 1e-9,
) -> np.ndarray:
    """Hold what `answer` makes of the values of `given`, by symbol, against `right`: a number, an array or a tuple.

    Raises `Wrong` on the `quantity`, with the words on the slip that makes the same, if there is one. `what` says of
    which form the answer is, `on` what it was given, where the values themselves are too long.
    """
    on = on or ", ".join(f"{symbol} = {show(value)}" for symbol, value in given.items())
    right = flat(right)
    value = answer(*given.values())
    got = numbers([value] if right.size == 1 and np.ndim(value) == 0 else value, right.size, what or quantity, on)
    if not np.allclose(got, right, rtol=rtol, atol=atol):
        shown = show(got if got.size > 1 else float(got[0]))
        raise Wrong(quantity, on=on, got=shown, **known(got, slips, *given.values(), rtol=rtol, atol=atol))
    return got


def flat(value: Any) -> np.ndarray:
    """A number, an array or a tuple of them as one array (n,) of floats."""
    if isinstance(value, (tuple, list)):
        return np.concatenate([np.empty(0), *map(flat, value)])
    return np.ravel(np.asarray(value, float))
