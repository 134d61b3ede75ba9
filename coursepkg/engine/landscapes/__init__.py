"""Test functions to descend: each with gradient, Hessian and known critical points; chords and certificates."""

from .chords import Chord, chord, violating_chord
from .critical import Critical, critical_points, kind
from .landscape import Landscape
from .line import BASIN, BOWL, EXPONENTIAL, LINE, QUARTIC, VALLEY_FLOOR, WEDGE
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

__all__ = ["BASIN", "BEALE", "BOWL", "CLINE", "EXPONENTIAL", "HIMMELBLAU", "HYPERBOLA", "LANDSCAPES", "LINE", "MONKEY"]
__all__ += ["PLANE", "QUARTIC", "RASTRIGIN", "ROSENBROCK", "SADDLE", "VALLEY_FLOOR", "WEDGE", "Chord", "Critical"]
__all__ += ["Landscape", "chord", "critical_points", "kind", "quadratic", "violating_chord"]
