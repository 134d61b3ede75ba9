"""Bundle: an explorable or a still figure as plain data, which any renderer can make a page of.

It travels as one MIME type beside the picture and the words that every front end shows. Nothing in it depends on
when, where or how fast it was made.
"""

import base64
import hashlib
import json
from zlib import crc32

from matplotlib.figure import Figure

from .controls import Control
from .renderer import Bundle
from .scene import Ask, Scene, State, ended
from .static import Compiled
from .svg import ThemedSVG, definitions

MIME = "application/vnd.coursepkg.explorable+json"


def explorable_bundle(compiled: Compiled) -> Bundle:
    """A compiled scene as a bundle.

    ``svg`` is what stands still, ``frame`` the default state's moving parts, ``states`` all states packed (base64 of
    gzipped JSON: ``slots``, ``says``, ``controls`` and ``axes``), ``size`` in points; a control's ``start`` and a
    preset's places are positions on the controls' grids. ``hash`` tells this bundle from any other.
    """
    scene = compiled.scene
    bundle = {
        "kind": "explorable",
        "name": scene.name,
        "title": scene.title,
        "alt": scene.alt,
        "size": [72 * side for side in scene.size],
        "svg": compiled.clips + compiled.base,
        "frame": compiled.fragments(scene.default),
        "drag": compiled.drag,
        "says": compiled.words(scene.default),
        "longest": max(compiled.says.values, key=len),
        "ask": ask_part(scene.ask) if scene.ask else None,
        "controls": [control_part(name, control) for name, control in scene.controls.items()],
        "presets": [[text, places(scene, state)] for text, state in scene.presets.items()],
        "states": base64.b64encode(compiled.payload).decode(),
    }
    return bundle | {"hash": digest(bundle)}


def figure_bundle(fig: Figure, alt: str) -> Bundle:
    """A matplotlib figure as a bundle, in inks that a page can repaint."""
    width, height = 72 * fig.get_size_inches()
    svg = ThemedSVG(width, height, prefix=f"xp-{crc32(alt.encode()):x}", gaps=True)
    drawn = svg.whole(fig)
    size = [72 * float(side) for side in fig.get_size_inches()]
    bundle = {"kind": "still", "alt": alt, "size": size, "svg": definitions(svg.clips) + drawn}
    return bundle | {"hash": digest(bundle)}


def digest(bundle: Bundle) -> str:
    """Sixteen hexadecimal digits that change with anything in ``bundle``."""
    text = json.dumps(bundle, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def control_part(name: str, control: Control) -> Bundle:
    """A control as a bundle holds it."""
    return {
        "name": name,
        "kind": "slider" if control.numeric else "choice",
        "label": control.label or name,
        "texts": list(control.texts),
        "start": control.values.index(control.default),
    }


def ask_part(ask: Ask) -> Bundle:
    """A prediction as a bundle holds it: each slip with its index and its choice, both as sentences."""
    return {
        "question": ask.question,
        "choices": list(ask.choices),
        "answer": ask.answer,
        "right": ended(ask.choices[ask.answer], "."),
        "because": ask.because,
        "slips": [[k, ended(ask.choices[k], "?"), slip] for k, slip in ask.slips.items()],
    }


def places(scene: Scene, state: State) -> list[int]:
    """The positions of ``state`` on the scene's controls; a control that it does not name keeps its default."""
    state = scene.default | state
    return [control.values.index(state[name]) for name, control in scene.controls.items()]
