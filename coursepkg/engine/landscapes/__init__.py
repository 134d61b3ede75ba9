"""Test functions to descend: each with gradient, Hessian and known critical points; chords and certificates."""

from .chords import Chord, chord, violating_chord
from .critical import Critical, critical_points, kind, winding_number
from .landscape import Landscape
from .line import BASIN, BOWL, DOUBLE_WELL, EXPONENTIAL, LINE, QUARTIC, RIPPLE, VALLEY_FLOOR, WEDGE
from .plane import BEALE, CLINE, HIMMELBLAU, HYPERBOLA, MONKEY, RASTRIGIN, ROSENBROCK, SADDLE, quadratic
from .valleys import PARABOLA, TWO_VALLEYS

__all__ = ["BASIN", "BEALE", "BOWL", "CLINE", "DOUBLE_WELL", "EXPONENTIAL", "HIMMELBLAU", "HYPERBOLA", "LINE"]
__all__ += ["MONKEY", "PARABOLA", "QUARTIC", "RASTRIGIN", "RIPPLE", "ROSENBROCK", "SADDLE", "TWO_VALLEYS"]
__all__ += ["VALLEY_FLOOR", "WEDGE", "Chord", "Critical", "Landscape", "chord", "critical_points", "kind"]
__all__ += ["quadratic", "violating_chord", "winding_number"]
