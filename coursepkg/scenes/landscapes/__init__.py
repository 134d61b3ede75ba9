"""Chapter 8: chords, a terrain, its hills and basins, saddles, flat and sharp minima, and trained nets."""

from .chords import chord_test
from .cline import terrain
from .escape import saddle_escape
from .sharp import flat_or_sharp
from .surface import net_landscape
from .turning import hills

__all__ = ["chord_test", "flat_or_sharp", "hills", "net_landscape", "saddle_escape", "terrain"]
