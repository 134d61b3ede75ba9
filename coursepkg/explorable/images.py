"""Images: matplotlib's pixels as SVG images of 32 colours."""

import base64
import io

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.transforms import Affine2D, Transform
from PIL import Image

from .paths import short


class Images:
    """Writes the images of a figure ``height`` points high, and encodes each picture once."""

    def __init__(self, height: float) -> None:
        self.height = height
        self._encoded: dict[bytes, str] = {}
        self._flip = Affine2D().scale(1, -1).translate(0, height)

    def element(self, gc: GraphicsContextBase, x: float, y: float, im: np.ndarray, transform: Transform | None) -> str:
        """The element of the pixels ``im`` (height, width, 4), at (x, y) points or where ``transform`` takes them."""
        height, width = im.shape[:2]
        if transform is None:
            im = im[::-1]  # the lowest row comes first
            place = f'x="{short(x)}" y="{short(self.height - y - height)}" width="{width}" height="{height}"'
        else:
            # matplotlib's transform takes the unit square to dots, and the first row to its lower side.
            pixels = Affine2D().scale(1 / width, 1 / height) + transform + Affine2D().translate(x, y) + self._flip
            matrix = " ".join(f"{value + 0.0:.5g}" for value in pixels.get_matrix()[:2].T.ravel())
            place = f'width="{width}" height="{height}" transform="matrix({matrix})" style="image-rendering:pixelated"'
            if gc.get_alpha() != 1:  # else it is in the pixels already
                place += f' opacity="{gc.get_alpha():.3g}"'
        return f'<image {place} href="data:image/png;base64,{self._png(im)}"/>'

    def _png(self, im: np.ndarray) -> str:
        """The pixels (height, width, 4) as an encoded PNG of 32 colours, made once for each picture."""
        key = im.tobytes()
        if key not in self._encoded:
            picture = Image.fromarray(im).quantize(32, method=Image.Quantize.FASTOCTREE)
            file = io.BytesIO()
            picture.save(file, "png", optimize=True)
            self._encoded[key] = base64.b64encode(file.getvalue()).decode()
        return self._encoded[key]
