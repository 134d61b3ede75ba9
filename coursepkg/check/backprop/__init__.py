"""Chapter 4, backpropagation: gradients by hand, finite differences, twins, lost transposes and the cost."""

from .cost import backward_cost
from .hand import hand_gradients
from .mended import mended
from .twins import twins
from .valley import error_valley

__all__ = ["backward_cost", "error_valley", "hand_gradients", "mended", "twins"]
