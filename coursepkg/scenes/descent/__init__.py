"""Chapter 5: descent in one variable and in two, Newton's method and where it fails, and scaling."""

from .descending import descend
from .scaling import scale_it
from .straying import astray
from .traps import trap
from .valleys import valley

__all__ = ["astray", "descend", "scale_it", "trap", "valley"]
