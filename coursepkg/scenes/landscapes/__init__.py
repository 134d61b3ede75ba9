"""Chapter 8: chords, a terrain and its basins, saddles, flat and sharp minima, and the landscapes of trained nets."""

from .chords import chord_test
from .cline import terrain
from .escape import saddle_escape
from .sharp import flat_or_sharp
from .surface import net_landscape

__all__ = ["chord_test", "flat_or_sharp", "net_landscape", "saddle_escape", "terrain"]
