"""The gradients that an answer returns, one for each parameter and of its shape, judged by finite differences."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from coursepkg.engine.derivatives import numerical_gradient

from ..answer import Wrong, show


def judge(
    value: Any,
    parameters: dict[str, Any],
    loss: Callable[..., float],
    on: str,
    mistake: Callable[[str, np.ndarray], dict[str, str]],
) -> None:
    """Compare `value` with the gradients of `loss(**parameters)`, the last first, as they are found on the way back.

    `Wrong` for the first that is off, with what `mistake` makes of its name and of what came.
    """
    got = parts(value, parameters, on)
    for name in reversed(parameters):
        right = numerical_gradient(partial(_at, loss, parameters, name), parameters[name])
        mine = got[f"∂{name}"]
        if not np.allclose(mine, right, rtol=1e-5, atol=1e-7):
            came = f"{show(mine[()])}, while finite differences give {show(right[()])}"
            raise Wrong(f"∂{name}", on=on, got=came, **mistake(name, mine))


def _at(loss: Callable[..., float], parameters: dict[str, Any], name: str, value: np.ndarray) -> float:
    return loss(**parameters | {name: value})


def parts(value: Any, parameters: dict[str, Any], on: str) -> dict[str, np.ndarray]:
    """`value` as one gradient, called ∂…, for each of the `parameters` by name; else `Wrong`, naming the first off."""
    names = [f"∂{name}" for name in parameters]
    if not isinstance(value, (tuple, list)) or len(value) != len(names):
        rule = f"The answer is ({', '.join(names)}): {len(names)} gradients in this order."
        raise Wrong(
            "the value returned",
            on=on,
            got=show(value),
            rule=rule,
            next="Compare with the `return` that the stub asks for.",
        )
    found = {}
    for name, given, parameter in zip(names, value, parameters.values(), strict=True):
        wanted = np.shape(parameter)
        try:
            gradient = np.asarray(given, float)
        except (TypeError, ValueError):
            gradient = np.full((), np.nan)
        if not np.isfinite(gradient).all():
            raise Wrong(
                name,
                on=on,
                got=show(given),
                rule="A gradient is made of finite numbers.",
                next="Print it before you return.",
            )
        if gradient.shape != wanted and not (gradient.size == 1 and wanted == ()):
            rule = f"A gradient has the shape of its parameter: {name} has shape {wanted}."
            raise Wrong(
                f"the shape of {name}", on=on, got=gradient.shape, rule=rule, next=_next_step(gradient.shape, wanted)
            )
        found[name] = gradient.reshape(wanted)
    return found


def _next_step(got: tuple[int, ...], wanted: tuple[int, ...]) -> str:
    if len(wanted) == 2 and got == wanted[::-1]:
        return "Yours is transposed: swap the two factors of the product, or transpose it."
    if got == () and len(wanted) == 1:
        return "You have summed over everything. Sum over the samples alone, which are the rows: axis=0."
    return "Write the shape of each factor beside it, and see which order fits."
