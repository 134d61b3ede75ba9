"""Live explorables: frames of any state, for the page's own figures and for those that a reader has just written."""

import contextlib
import json
import re
from importlib import import_module
from pathlib import Path

from coursepkg.explorable import Scene, table
from coursepkg.explorable.board import board
from coursepkg.explorable.controls import parts
from coursepkg.explorable.points import Points, told
from coursepkg.explorable.scene import SCENES
from coursepkg.explorable.static import writer


def controls(name: str, axes: str) -> str:
    """What a live slider has to know of each control of a scene, as JSON: into how many parts a step is cut, …"""
    found = []
    for control in scene(name).controls.values():
        one = {"parts": parts(control), "between": control.between, "whole": control.whole}
        if isinstance(control, Points):
            drawing = writer(scene(name)).drawing
            drawing.arrange(json.loads(axes))
            one["points"] = told(control) | board(drawing)
        found.append(one)
    return json.dumps(found)


def frame(name: str, state: str, axes: str) -> str:
    """The scene at a state, or on the way there: its moving fragments, its clip paths by their ids, and its words.

    ``state`` and ``axes``, where the page has its axes, are JSON, and so is what comes. ``more`` says that the state
    is to be asked for again.
    """
    wanted, drawn = scene(name).state(json.loads(state)), writer(scene(name))
    drawn.drawing.arrange(json.loads(axes))
    (*fragments, says), more = drawn.towards(wanted)
    return json.dumps({"fragments": fragments, "clips": drawn.svg.clips, "says": says, "more": more})


def read(name: str, control: str, text: str) -> str:
    """The points of a CSV file for a control of a scene, as JSON: their ``code``, or ``why`` there are none.

    Where they could be made to fit, ``fit`` is the code of these, and ``done`` says what was done to them.
    """
    points = scene(name).controls[control]
    try:
        return json.dumps({"code": points.code(table.read(points, text))})
    except ValueError as error:
        answer = {"why": str(error)}
    with contextlib.suppress(ValueError):  # what cannot fit has been told above, with its line
        fitted, done = table.fit(points, text)
        answer |= {"fit": points.code(fitted), "done": done}
    return json.dumps(answer)


def scene(name: str) -> Scene:
    """The scene of this name: one that a cell has made, else one of the course, whose package is imported for it.

    Raises ``LookupError`` for a name that no scene has.
    """
    if name not in SCENES:
        # Only the chapter that has it: to import all of them takes several seconds in a browser.
        import coursepkg.scenes

        for path in Path(coursepkg.scenes.__path__[0]).glob("*/*.py"):
            if re.search(rf"^def {re.escape(name)}\(fig\)", path.read_text(encoding="utf-8"), re.MULTILINE):
                import_module(f"coursepkg.scenes.{path.parent.name}")
    if name not in SCENES:
        raise LookupError(f"no scene is named {name!r} here: run its cell first")
    return SCENES[name]
