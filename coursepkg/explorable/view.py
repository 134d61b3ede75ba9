"""View: a scene's figure in a notebook, as two layers of SVG: what stands still, and what moves.

They are the fragments that a page has, in inks that follow the notebook's theme.
"""

import io

import ipywidgets as widgets

from . import ink
from .renderer import svg
from .scene import Scene, State
from .static import Writer, writer
from .style import styled
from .svg import definitions

#: Pixels of the saved picture to an inch, and of the figure where there is room.
DPI = 120
#: What says that a notebook is dark: JupyterLab and Notebook 7, Colab, VS Code.
DARK = "body[data-jp-theme-light=false],html[theme=dark],body.vscode-dark"
STYLE = (
    f":root{{{ink.variables('light')}}}{DARK}{{{ink.variables('dark')}}}"
    ".xp-still{background:var(--xp-paper);border-radius:4px}.xp-still svg,.xp-moving svg{display:block;width:100%;"
    "height:auto;font-size:11px;line-height:normal}svg.xp text{white-space:pre}svg.xp .mono{font-family:monospace}"
)


class View:
    """The widget ``box`` of a scene's figure, and the ``words`` of the state that it shows."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.writer: Writer = writer(scene)
        base = self.writer.base()
        layers = [widgets.HTML(layout=widgets.Layout(grid_area="1 / 1 / 2 / 2", margin="0")) for _ in range(2)]
        self.still, self.moving = layers
        self.still.value = f"<style>{STYLE}</style>" + self._layer("still", definitions(self.writer.svg.clips) + base)
        self.box = widgets.Box(
            layers, layout=widgets.Layout(display="grid", width="100%", max_width=f"{round(scene.size[0] * DPI)}px")
        )

    def show(self, state: State) -> None:
        """Move the figure to ``state``."""
        *fragments, self.words = self.writer.frame(state)
        slots = "".join(f"<g>{fragment}</g>" for fragment in fragments)
        self.moving.value = self._layer("moving", definitions(self.writer.svg.clips) + slots)

    @styled()
    def png(self) -> bytes:
        """The figure as it is, as pixels."""
        file = io.BytesIO()
        self.writer.drawing.fig.savefig(file, format="png", dpi=DPI, facecolor="white")
        return file.getvalue()

    def _layer(self, name: str, content: str) -> str:
        alt = self.scene.alt if name == "still" else ""
        size = [72 * side for side in self.scene.size]
        drawn = svg({"size": size, "alt": alt}, content)
        return f'<div class="xp-{name}"{"" if alt else " aria-hidden=true"}>{drawn}</div>'
