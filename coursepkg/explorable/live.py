"""The live side: a scene as ipywidgets, for versions 7.7.1 and 8.

The sliders have ten parts to each step of the scene's grid, as on a page whose Python runs.
"""

from base64 import b64encode
from collections.abc import Iterator
from html import escape
from typing import Any

import ipywidgets as widgets
from IPython import get_ipython

from .controls import fine, labels
from .scene import Ask, Scene, State, ended
from .view import DPI, View


class Live:
    """The widgets of a scene; ``box`` is what a notebook shows."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.view = View(scene)
        self._width = f"{round(scene.size[0] * DPI)}px"
        self.says = widgets.HTML()
        self.sliders = {name: self._slider(name) for name in scene.controls}
        for slider in self.sliders.values():
            slider.observe(self._moved, names="value")
        self._held = False
        buttons = [self._button("Reset", scene.default)]
        buttons += [self._button(text, scene.default | state) for text, state in scene.presets.items()]
        row = widgets.HBox(buttons, layout=widgets.Layout(flex_flow="row wrap"))
        # The controls stand beside the figure where there is room, else below it.
        layout = widgets.Layout(flex="1.7 1 22em", max_width=self._width, margin="0 1em 0 0")
        seen = widgets.VBox([self.view.box, self.says], layout=layout)
        moved = widgets.VBox(
            [*self.sliders.values(), row], layout=widgets.Layout(flex="1 1 20em", max_width=self._width)
        )
        both = widgets.HBox([seen, moved], layout=widgets.Layout(flex_flow="row wrap"))
        title = widgets.HTML(f"<b>{escape(scene.title)}</b>")
        self.box = widgets.VBox([title, *(_ask(scene.ask) if scene.ask else []), both])
        self.show()

    @property
    def bundle(self) -> dict[str, Any]:
        """What a notebook displays, and, where there are no widgets any more, the picture and its words."""
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        return {
            "application/vnd.jupyter.widget-view+json": view,
            "image/png": b64encode(self.view.png()).decode(),
            "text/plain": f"{self.scene.title}. {self.scene.alt} {self.view.words}",
        }

    def close(self) -> None:
        """End the widgets, which ipywidgets else keeps for as long as the kernel runs."""
        for widget in list(parts(self.box)):
            widget.close()

    @property
    def state(self) -> State:
        """Where the sliders stand."""
        return {name: slider.value for name, slider in self.sliders.items()}

    def go(self, state: State) -> None:
        """Put every slider to ``state`` and show it once."""
        self._held = True
        try:
            for name, value in state.items():
                self.sliders[name].value = value
        finally:
            self._held = False
        self.show()

    def show(self) -> None:
        """Show the state at which the sliders stand."""
        self.view.show(self.state)
        self.says.value = f'<p aria-live="polite">{escape(self.view.words)}</p>'

    def _moved(self, change: Any) -> None:
        if not self._held:
            self.show()

    def _slider(self, name: str) -> widgets.Widget:
        control = self.scene.controls[name]
        values = fine(control)
        options = list(zip(labels(values, control.unit), values, strict=True))
        kind = widgets.SelectionSlider if control.numeric else widgets.ToggleButtons
        extra = {"continuous_update": True} if kind is widgets.SelectionSlider else {}
        return kind(
            options=options,
            value=control.default,
            description=control.label or name,
            style={"description_width": "12em"},
            layout=widgets.Layout(width="auto", max_width=self._width),
            **extra,
        )

    def _button(self, text: str, state: State) -> widgets.Button:
        button = widgets.Button(description=text, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self.go(state))
        return button


def parts(widget: widgets.Widget) -> Iterator[widgets.Widget]:
    """A widget and all that it is made of: each is kept by ipywidgets until it is closed."""
    yield widget
    for child in (*getattr(widget, "children", ()), getattr(widget, "layout", None), getattr(widget, "style", None)):
        if isinstance(child, widgets.Widget):
            yield from parts(child)


_shown: dict[tuple[str, str], Live] = {}


def live(scene: Scene) -> Live:
    """The widgets of ``scene`` for the cell that runs; those that the cell had before are closed."""
    message: dict[str, Any] = getattr(get_ipython(), "get_parent", dict)()
    cell = message.get("metadata", {}).get("cellId")
    made = Live(scene)
    if cell:  # not every front end says which cell it runs
        if before := _shown.pop((cell, scene.name), None):
            before.close()
        _shown[cell, scene.name] = made
    return made


def _ask(ask: Ask) -> list[widgets.Widget]:
    """The prediction: choices, and a button that commits to one; the answer appears once it is pressed."""
    question = widgets.HTML(f"<b>Predict.</b> {escape(ask.question)}")
    choices = widgets.RadioButtons(options=ask.choices, value=None, layout=widgets.Layout(width="auto"))
    button = widgets.Button(description="Commit", disabled=True)
    answer = widgets.HTML()

    def choose(change: Any) -> None:
        button.disabled = change["new"] is None

    def commit(_: widgets.Button) -> None:
        k = ask.choices.index(choices.value)
        slip = f"✗ Not quite. <b>{escape(ended(choices.value, '?'))}</b> {escape(ask.slips.get(k, ''))}"
        verdict = "✓ Yes:" if k == ask.answer else f"{slip}</p><p>✓ Rather:"
        right = escape(ended(ask.choices[ask.answer], "."))
        answer.value = f'<div role="status"><p>{verdict} <b>{right}</b> {escape(ask.because)}</p></div>'

    choices.observe(choose, names="value")
    button.on_click(commit)
    return [question, choices, button, answer]
