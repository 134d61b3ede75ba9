"""The live side: a scene as ipywidgets, for versions 7.7.1 and 8.

The sliders walk the scene's grid, the same one that the page has.
"""

from html import escape
from typing import Any

import ipywidgets as widgets

from .picture import DPI, Picture
from .scene import Ask, Scene, State, ended


class Live:
    """The widgets of a scene; ``box`` is what a notebook shows."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.picture = Picture(scene)
        self.image = widgets.Image(format="png", width=round(scene.size[0] * DPI))
        self.image.layout.max_width = "100%"
        self.says = widgets.HTML()
        self.sliders = {name: self._slider(name) for name in scene.controls}
        for slider in self.sliders.values():
            slider.observe(self._moved, names="value")
        self._held = False
        buttons = [self._button("Reset", scene.default)]
        buttons += [self._button(text, scene.default | state) for text, state in scene.presets.items()]
        title = widgets.HTML(f"<b>{escape(scene.title)}</b>")
        parts = [title, *(_ask(scene.ask) if scene.ask else []), self.image, self.says]
        self.box = widgets.VBox([*parts, *self.sliders.values(), widgets.HBox(buttons)])
        self.show()

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
        self.image.value, says = self.picture.at(self.state)
        self.says.value = f'<p aria-live="polite">{escape(says)}</p>'

    def _moved(self, change: Any) -> None:
        if not self._held:
            self.show()

    def _slider(self, name: str) -> widgets.Widget:
        control = self.scene.controls[name]
        options = list(zip(control.texts, control.values, strict=True))
        kind = widgets.SelectionSlider if control.numeric else widgets.ToggleButtons
        extra = {"continuous_update": True} if kind is widgets.SelectionSlider else {}
        return kind(
            options=options,
            value=control.default,
            description=control.label or name,
            style={"description_width": "12em"},
            layout=widgets.Layout(width="auto", max_width=f"{round(self.scene.size[0] * DPI)}px"),
            **extra,
        )

    def _button(self, text: str, state: State) -> widgets.Button:
        button = widgets.Button(description=text, layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self.go(state))
        return button


def _ask(ask: Ask) -> list[widgets.Widget]:
    """The prediction: choices to commit to; the answer appears once one is chosen."""
    question = widgets.HTML(f"<b>Predict.</b> {escape(ask.question)}")
    choices = widgets.RadioButtons(options=ask.choices, value=None, layout=widgets.Layout(width="auto"))
    answer = widgets.HTML()

    def commit(change: Any) -> None:
        k = ask.choices.index(change["new"])
        slip = f"<b>{escape(ended(change['new'], '?'))}</b> {escape(ask.slips.get(k, 'Not quite.'))}"
        verdict = "Yes:" if k == ask.answer else f"{slip}</p><p>Rather:"
        right = escape(ended(ask.choices[ask.answer], "."))
        answer.value = f"<p>{verdict} <b>{right}</b> {escape(ask.because)}</p>"

    choices.observe(commit, names="value")
    return [question, choices, answer]
