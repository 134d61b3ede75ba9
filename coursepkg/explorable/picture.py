"""Picture: a scene's pixels.

The figure is drawn once. Its still part is kept as pixels, and each move paints only the artists that the
scene returned over it (blitting), which takes a fraction of the time of a new figure.
"""

import io

from PIL import Image

from .drawing import Drawing
from .scene import Scene, State
from .style import styled

#: Dots per inch: a figure of 5 inches is 600 pixels wide.
DPI = 120


class Picture:
    """A scene's figure and its cached background."""

    def __init__(self, scene: Scene) -> None:
        self.drawing = Drawing(scene, dpi=DPI)
        self.drawing.fig.patch.set_facecolor("white")
        with self.drawing.blamed(scene.default, "matplotlib", "give it what it can draw"):
            self.drawing.canvas.draw()
        self._still = self.drawing.canvas.copy_from_bbox(self.drawing.fig.bbox)

    @styled()
    def at(self, state: State) -> tuple[bytes, str]:
        """The PNG at ``state``, and the state in words."""
        frame = self.drawing.at(state)
        canvas = self.drawing.canvas
        canvas.restore_region(self._still)
        renderer = canvas.get_renderer()
        with self.drawing.blamed(state, "matplotlib", "give it what it can draw"):
            for artist in self.drawing.moving:
                artist.draw(renderer)
        file = io.BytesIO()
        pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
        pixels.convert("RGB").save(file, "png", compress_level=1)
        return file.getvalue(), frame.says
