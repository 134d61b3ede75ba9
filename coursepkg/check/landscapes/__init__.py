"""Chapter 8, landscapes: certificates, the terrain's Hessian, the twins of a network, and the deepest basin."""

from .basin import deep_start, descent_picture
from .certificates import certificates
from .hessian import origin_hessian, origin_kind
from .twins import count_twins

__all__ = ["certificates", "count_twins", "deep_start", "descent_picture", "origin_hessian", "origin_kind"]
