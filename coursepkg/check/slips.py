"""Known mistakes: what each makes of the input, the rule that it breaks and the next step; and the loop over them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from .answer import Answer, Raised, Wrong, numbers, says, show

Slip = tuple[Any, str, str]
"""What the mistake makes, as a value or as a function of the input; the rule; the next step."""


def known(
    got: Any,
    slips: Iterable[Slip],
    *given: Any,
    rtol: float = 1e-6,
    atol: float = 1e-9,
    answer: Answer | None = None,
    others: Iterable[Sequence[Any]] = (),
) -> dict[str, str]:
    """The words, as keywords of `Wrong`, on the one of the `slips` that makes `got` of what was `given`; or none.

    Where several do, what `answer` makes of the `others` decides: that slip is blamed which makes the most of them.
    """
    suspects = [slip for slip in slips if _makes(slip, got, given, rtol, atol)]
    if not suspects:
        return {}
    count = [0] * len(suspects)
    if answer and len(suspects) > 1:
        for other in others:
            try:
                made = answer(*other)
            except (Raised, Wrong):  # what has been seen is enough, and the next case may be as bad
                break
            count = [n + _makes(slip, made, other, rtol, atol) for n, slip in zip(count, suspects, strict=True)]
    _, rule, next = suspects[count.index(max(count))]
    return says(rule, next)


def _makes(slip: Slip, got: Any, given: Sequence[Any], rtol: float, atol: float) -> bool:
    wrong = slip[0]
    try:
        with np.errstate(all="ignore"):
            got, made = flat(got), flat(wrong(*given) if callable(wrong) else wrong)
    except (TypeError, ValueError, ArithmeticError, np.linalg.LinAlgError):  # a product that does not fit, a zero below
        return False
    return made.shape == got.shape and bool(np.allclose(made, got, rtol=rtol, atol=atol))


def compare(
    answer: Answer,
    quantity: str,
    given: Mapping[str, Any],
    right: Any,
    slips: Iterable[Slip] = (),
    *,
    what: str = "",
    on: str = "",
    others: Iterable[Sequence[Any]] = (),
    rtol: float = 1e-6,
    atol: float = 1e-9,
) -> np.ndarray:
    """Hold what `answer` makes of the values of `given`, by symbol, against `right`: a number, an array or a tuple.

    Raises `Wrong` on the `quantity`, with the words on the slip that makes the same, if there is one. `what` says of
    which form the answer is, `on` what it was given, where the values themselves are too long. `others` are the values
    of other cases, which tell slips apart.
    """
    on = on or ", ".join(f"{symbol} = {show(value)}" for symbol, value in given.items())
    right = flat(right)
    value = answer(*given.values())
    got = numbers([value] if right.size == 1 and np.ndim(value) == 0 else value, right.size, what or quantity, on)
    if not np.allclose(got, right, rtol=rtol, atol=atol):
        shown = show(got if got.size > 1 else float(got[0]))
        words = known(got, slips, *given.values(), rtol=rtol, atol=atol, answer=answer, others=others)
        raise Wrong(quantity, on=on, got=shown, **words)
    return got


def flat(value: Any) -> np.ndarray:
    """A number, an array or a tuple of them as one array (n,) of floats."""
    if isinstance(value, (tuple, list)):
        return np.concatenate([np.empty(0), *map(flat, value)])
    return np.ravel(np.asarray(value, float))
