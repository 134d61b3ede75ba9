"""What a scene shows at a state, and states that lie between those of its grid."""

import random

from coursepkg.explorable.controls import fine


def look(writer, **state):
    """The scene at ``state``: its figure, and the state in words."""
    return writer.drawing.fig, writer.drawing.at(writer.scene.default | state).says


def between(scene, count, seed=0):
    """States off the scene's grid, drawn by lot: places that a live slider has, and numbers that a reader writes.

    None for a scene that has no value off its grid.
    """
    rng = random.Random(seed)
    loose = {name: [v for v in fine(c) if v not in c.values] for name, c in scene.controls.items()}
    loose = {name: values for name, values in loose.items() if values}
    for k in range(count if loose else 0):
        state = {name: rng.choice(control.values) for name, control in scene.controls.items()}
        for name, values in loose.items():
            control = scene.controls[name]
            low, *_, high = control.values
            state[name] = rng.choice(values) if control.whole or k % 3 < 2 else round(rng.uniform(low, high), 4)
        yield scene.state(state)
