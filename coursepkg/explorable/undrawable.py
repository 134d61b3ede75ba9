"""Undrawable: what a page cannot show of a figure, with the fault and the mend."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.backend_bases import GraphicsContextBase


class Undrawable(ValueError):
    """What a page cannot show: ``fault`` says what, and of which artist, ``mend`` what to do about it."""

    def __init__(self, fault: str, mend: str) -> None:
        super().__init__(fault)
        self.fault, self.mend = fault, mend


class NotFinite(Undrawable):
    """A coordinate that is NaN or infinite."""

    def __init__(self, fault: str = "a drawn coordinate is not finite") -> None:
        super().__init__(fault, "draw only finite numbers; where a value diverges, empty the artist and say so")


def refuse(gc: "GraphicsContextBase") -> None:
    """Raise :class:`Undrawable` for what a graphics context asks and a page does not have."""
    if gc.get_hatch():
        raise Undrawable(f"it has the hatch {str(gc.get_hatch())!r}", "tell areas apart by colour, edge or a label")
    if gc.get_sketch_params():
        raise Undrawable("it is a sketch (xkcd)", "draw it without")
    if gc.get_url():
        raise Undrawable(f"it has the link {gc.get_url()!r}", "put the link into the page's text")
