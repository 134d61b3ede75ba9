"""Page: the HTML of an explorable and of a still figure."""

import base64
from html import escape
from itertools import count

from matplotlib.figure import Figure

from .controls import Control
from .scene import Ask, Scene, State, ended
from .static import Compiled
from .svg import ThemedSVG, definitions


def explorable_html(compiled: Compiled) -> str:
    """The explorable as one ``<figure>``: complete without JavaScript at its default state."""
    scene = compiled.scene
    slots = "".join(f"<g data-slot>{fragment}</g>" for fragment in compiled.fragments(scene.default))
    controls = "".join(control_html(scene.name, name, control) for name, control in scene.controls.items())
    presets = "".join(
        f'<button type="button" data-preset="{place(scene, state)}">{escape(text)}</button>'
        for text, state in scene.presets.items()
    )
    hint = '<p class="hint">Drag the dashed ring, or use the sliders.</p>' if compiled.drag else ""
    return (
        f'<figure class="explorable" id="{scene.name}" data-name="{scene.name}" role="group" '
        f'aria-labelledby="{scene.name}-title">'
        f'<p class="title" id="{scene.name}-title">{escape(scene.title)}</p>'
        f"{ask_html(scene.name, scene.ask) if scene.ask else ''}"
        f'<div class="seen">{svg_html(scene.size, scene.alt, compiled.clips + compiled.base + slots + compiled.drag)}'
        f'<p class="caption" data-longest="{escape(max(compiled.says.values, key=len))}">'
        f'<span class="says" aria-live="polite">{escape(compiled.words(scene.default))}</span></p></div>'
        f'<fieldset class="controls popout" disabled><legend>Controls</legend>{hint}{controls}'
        f'<div class="buttons"><button type="button" data-reset>Reset</button>{presets}</div></fieldset>'
        '<p class="note" hidden>This browser is too old for the sliders. The figure shows the state that they '
        'start from.</p><noscript><p class="note">The sliders need JavaScript. '
        "The figure shows the state that they start from.</p></noscript>"
        f'<script type="text/plain" class="payload">{compiled.encoded}</script></figure>'
    )


def place(scene: Scene, state: State) -> str:
    """The positions of ``state`` on the scene's controls, as the page's script reads them."""
    state = scene.default | state
    return " ".join(str(control.values.index(state[name])) for name, control in scene.controls.items())


def control_html(scene: str, name: str, control: Control) -> str:
    """One control, disabled by its fieldset until the script is ready."""
    start = control.values.index(control.default)
    label = escape(control.label or name)
    if control.numeric:
        return (
            f'<label class="slider"><span>{label}</span><input type="range" min="0" max="{len(control.values) - 1}" '
            f'value="{start}" data-control="{name}" aria-valuetext="{escape(control.texts[start])}">'
            f"<output>{escape(control.texts[start])}</output></label>"
        )
    options = "".join(
        f'<label><input type="radio" name="{scene}-{name}" value="{k}" data-control="{name}"'
        f"{' checked' if k == start else ''}><span>{escape(text)}</span></label>"
        for k, text in enumerate(control.texts)
    )
    return f'<div class="choice" role="radiogroup" aria-label="{label}"><span>{label}</span>{options}</div>'


def ask_html(scene: str, ask: Ask) -> str:
    """The prediction: choices to commit to, and the answer folded until then."""
    choices = "".join(
        f'<label><input type="radio" name="{scene}-ask" value="{k}"><span>{escape(choice)}</span></label>'
        for k, choice in enumerate(ask.choices)
    )
    slips = "".join(
        f'<p data-slip="{k}"><b>{escape(ended(ask.choices[k], "?"))}</b> {escape(slip)}</p>'
        for k, slip in ask.slips.items()
    )
    return (
        f'<div class="ask" data-answer="{ask.answer}"><p class="question" id="{scene}-question">'
        f"<b>Predict.</b> {escape(ask.question)}</p>"
        f'<div role="radiogroup" aria-labelledby="{scene}-question">{choices}</div>'
        f'<details><summary>Answer</summary>{slips}<p class="right"><b class="verdict"></b> '
        f"<b>{escape(ended(ask.choices[ask.answer], '.'))}</b> {escape(ask.because)}</p></details></div>"
    )


def svg_html(size: tuple[float, float], alt: str, content: str) -> str:
    """An ``<svg>`` of ``size`` inches whose user unit is a point."""
    width, height = (72 * inches for inches in size)
    box = f"0 0 {width:g} {height:g}"
    return f'<svg class="xp" role="img" aria-label="{escape(alt)}" viewBox="{box}">{content}</svg>'


_numbers = count(1)


def figure_html(fig: Figure, alt: str) -> str:
    """A matplotlib figure as a ``<figure>`` in the page's inks."""
    svg = ThemedSVG(*(72 * fig.get_size_inches()), prefix=f"figure-{next(_numbers)}", gaps=True)
    drawn = svg.whole(fig)
    return f'<figure class="still">{svg_html(fig.get_size_inches(), alt, definitions(svg.clips) + drawn)}</figure>'


def png_text(png: bytes) -> str:
    """PNG bytes as a notebook stores them."""
    return base64.b64encode(png).decode()
