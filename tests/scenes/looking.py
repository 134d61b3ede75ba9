"""What a scene shows at a state, and states that lie between those of its grid."""

import random

import numpy as np

from coursepkg.explorable.controls import fine
from coursepkg.explorable.points import Points


def look(writer, **state):
    """The scene at ``state``: its figure, and the state in words."""
    return writer.drawing.fig, writer.drawing.at(writer.scene.default | state).says


def between(scene, count, seed=0):
    """States off the scene's grid, drawn by lot: places that a live slider has, numbers that a reader writes, and
    points that a reader places; the latter in each third state, or in all where there is nothing else.

    None for a scene that has no value off its grid.
    """
    rng = random.Random(seed)
    loose = {name: [v for v in fine(c) if v not in c.values] for name, c in scene.controls.items()}
    loose = {name: values for name, values in loose.items() if values}
    boards = {name: control for name, control in scene.controls.items() if isinstance(control, Points)}
    for k in range(count if loose or boards else 0):
        state = {name: rng.choice(control.values) for name, control in scene.controls.items()}
        for name, values in loose.items():
            control = scene.controls[name]
            low, *_, high = control.values
            state[name] = rng.choice(values) if control.whole or k % 3 < 2 else round(rng.uniform(low, high), 4)
        for name, control in boards.items():
            if k % 3 == 2 or not loose:
                state[name] = control.code(placed(rng, control, rng.randint(3, 12)))
        yield scene.state(state)


def placed(rng, control, n):
    """n points that a reader might place."""
    return [
        (rng.uniform(*control.x), rng.uniform(*control.y), rng.randrange(max(1, len(control.labels)))) for _ in range(n)
    ]


def decoded(text, low=(0, 0), step=0.01):
    """X (n, 2) and labels (n,) of a reader's own points, from their text: see Points.code."""
    rows = [text[1:][k : k + 5] for k in range(0, len(text) - 1, 5)]
    X = [
        [round(end + step * int(part, 36), 9) for end, part in zip(low, (row[1:3], row[3:]), strict=True)]
        for row in rows
    ]
    return np.array(X, float).reshape(-1, 2) + 0.0, np.array([int(row[0], 36) for row in rows], int)
