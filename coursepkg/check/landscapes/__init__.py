"""Chapter 8, landscapes: certificates, the terrain's Hessian, the twins of a network, and the deepest basin."""

from .basin import deep_start, descent_picture
from .certificates import certificates
from .hessian import origin_hessian, origin_kind
from .multipliers import nearest_on_line, price
from .saddles import ball_escape, escape_steps, kind_of
from .sharpness import minimum_sharpness, widest_balance
from .subgradients import lasso_off, subgradient_range
from .twins import count_twins

__all__ = [
    "ball_escape",
    "certificates",
    "count_twins",
    "deep_start",
    "descent_picture",
    "escape_steps",
    "kind_of",
    "lasso_off",
    "minimum_sharpness",
    "nearest_on_line",
    "origin_hessian",
    "origin_kind",
    "price",
    "subgradient_range",
    "widest_balance",
]
