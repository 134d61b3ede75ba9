"""Paths: matplotlib's vertices as the data of SVG paths, to a tenth of a point."""

import numpy as np
from matplotlib.path import Path

LETTERS = {Path.MOVETO: "m", Path.LINETO: "l", Path.CURVE3: "q", Path.CURVE4: "c", Path.CLOSEPOLY: "z"}
LENGTHS = {Path.MOVETO: 1, Path.LINETO: 1, Path.CURVE3: 2, Path.CURVE4: 3, Path.CLOSEPOLY: 1}


def short(value: float) -> str:
    """A number to a tenth, as few characters as that takes."""
    return f"{round(float(value), 1) + 0.0:g}"


def drawn(codes: np.ndarray) -> np.ndarray:
    """Which vertices are places: the end and the closing of a path are none."""
    return (codes != Path.STOP) & (codes != Path.CLOSEPOLY)


def path_data(vertices: np.ndarray, codes: np.ndarray) -> str:
    """The ``d`` attribute: each subpath from its absolute start in relative steps, to a tenth of a point."""
    places = drawn(codes)
    tenths = np.rint(np.where(places[:, None], vertices, 0) * 10).astype(int).tolist()
    data, here, start, last, k = [], (0, 0), (0, 0), "", 0
    while k < len(codes) and codes[k] != Path.STOP:
        code = codes[k]
        points = tenths[k : k + LENGTHS[code]]
        k += LENGTHS[code]
        letter = LETTERS[code]
        if code == Path.CLOSEPOLY:
            data.append("z")
            here, last = start, "z"
            continue
        if code == Path.MOVETO:
            start, letter, origin = points[0], "M", (0, 0)
        else:
            origin = here
        numbers = [number for x, y in points for number in (x - origin[0], y - origin[1])]
        if letter == last and letter != "M":
            data.append(" ")
        else:
            data.append(letter)
        data.append(" ".join(f"{number / 10:g}" for number in numbers))
        here, last = points[-1], letter
    return "".join(data)
