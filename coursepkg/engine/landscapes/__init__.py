"""Test functions to descend: each with gradient, Hessian and known critical points; chords and certificates."""

from .chords import Chord, chord, violating_chord
from .critical import Critical, critical_points, kind, winding_number
from .landscape import Landscape
from .line import BASIN, BOWL, DOUBLE_WELL, EXPONENTIAL, LINE, QUARTIC, RIPPLE, VALLEY_FLOOR, WEDGE
from .plane import (
    BEALE,
    CLINE,
    HIMMELBLAU,
    HYPERBOLA,
    MONKEY,
    PLANE,
    RASTRIGIN,
    ROSENBROCK,
    SADDLE,
    quadratic,
)

LANDSCAPES: dict[str, Landscape] = LINE | PLANE

__all__ = ["BASIN", "BEALE", "BOWL", "CLINE", "DOUBLE_WELL", "EXPONENTIAL", "HIMMELBLAU", "HYPERBOLA", "LANDSCAPES"]
__all__ += ["LINE", "MONKEY", "PLANE", "QUARTIC", "RASTRIGIN", "RIPPLE", "ROSENBROCK", "SADDLE", "VALLEY_FLOOR"]
__all__ += ["WEDGE", "Chord", "Critical", "Landscape", "chord", "critical_points", "kind", "quadratic"]
__all__ += ["violating_chord", "winding_number"]
