"""Each way to break the contract of a scene is answered by a SceneError with the scene, the state and the mend."""

import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from coursepkg.explorable import Frame, SceneError, Slider, explorable
from coursepkg.explorable.picture import Picture
from coursepkg.explorable.scene import SCENES
from coursepkg.explorable.static import compiled
from tests.explorable.scenes_for_tests import COMMON

NAN = float("nan")


def line(fig):
    return fig.add_subplot(xlim=(0, 1), ylim=(0, 1)).plot([0, 1], [0, 1])[0]


def scene_of(draw):
    """The scene that `draw` makes; its name is free again."""
    made = explorable(**COMMON, a=Slider(0, 2, 1))(draw)
    del SCENES[made.name]
    return made


def no_return(fig):
    moved = line(fig)

    def update(a):
        return Frame([moved], says="fine")


def raising(fig):
    fig.add_subplot().plot([0, 1], [0, 1, 2])


def still_nan(fig):
    moved = line(fig)
    fig.axes[0].plot([0, NAN], [0, 1], label="gap")
    return lambda a: Frame([moved], says="fine")


def still_hatch(fig):
    moved = line(fig)
    fig.axes[0].bar([0.5], [0.5], hatch="//")
    return lambda a: Frame([moved], says="fine")


def moving_hatch(fig):
    (bar,) = fig.add_subplot().bar([0.5], [0.5])

    def update(a):
        bar.set_hatch("x" if a == 2 else "")
        return Frame([bar], says="fine")

    return update


def gouraud(fig):
    mesh = fig.add_subplot().pcolormesh(np.eye(3), shading="gouraud")
    return lambda a: Frame([mesh], says="fine")


def text_nowhere(fig):
    text = fig.add_subplot().text(0, 0, "here")

    def update(a):
        text.set_position((NAN if a == 1 else 0, 0))
        return Frame([text], says="fine")

    return update


def formula(fig):
    title = fig.add_subplot().set_title("x")

    def update(a):
        title.set_text(r"$\nosuchsign$" if a == 2 else "x")
        return Frame([title], says="fine")

    return update


def broken_still(fig):
    moved = line(fig)
    fig.text(0.5, 0.5, r"$\frac{1$")
    return lambda a: Frame([moved], says="fine")


def removed(fig):
    moved = line(fig)

    def update(a):
        if a == 1:
            moved.remove()
        return Frame([moved], says="fine")

    return update


def twice(fig):
    moved = line(fig)
    return lambda a: Frame([moved, moved], says="fine")


def bare_artist(fig):
    moved = line(fig)
    return lambda a: Frame(moved, says="fine")


def container(fig):
    bars = fig.add_subplot().bar([0.5], [0.5])
    return lambda a: Frame([bars], says="fine")


def wordless(fig):
    moved = line(fig)
    return lambda a: Frame([moved], says=a)


def silent(fig):
    moved = line(fig)
    return lambda a: Frame([moved])


BROKEN = {
    no_return: "'no_return': the drawing function returned None. Mend: end it with return update",
    raising: "'raising': the drawing function raised ValueError: x and y must have same first dimension",
    still_nan: "'still_nan': Line2D(gap): a drawn coordinate is not finite. Mend: draw only finite numbers",
    still_hatch: "'still_hatch': Rectangle(xy=(0.1, 0), width=0.8, height=0.5, angle=0): it has the hatch '//'.",
    moving_hatch: "'moving_hatch' at a=2: Rectangle(xy=(0.1, 0), width=0.8, height=0.5, angle=0): it has the hatch",
    gouraud: "'gouraud' at a=0: <matplotlib.collections.QuadMesh",
    text_nowhere: "'text_nowhere' at a=1: Text(nan, 0, 'here'): the place of a text is not finite. Mend: draw",
    formula: "'formula' at a=2: what moves raised ValueError",
    broken_still: "'broken_still' at a=0: matplotlib raised ValueError",
    removed: "'removed' at a=1: Line2D(_child0) is not on the figure. Mend: draw it once, and change it in place",
    twice: "'twice' at a=0: update returned an artist twice. Mend: return each artist once",
    bare_artist: "'bare_artist' at a=0: update raised TypeError: Frame: artists must be a list of artists, got <",
    container: "'container' at a=0: the frame holds [<BarContainer object of 1 artists>]. Mend: return",
    wordless: "'wordless' at a=0: update raised TypeError: Frame: says must be the state in words, got 0",
    silent: "'silent' at a=0: update raised TypeError: Frame.__init__() missing 1 required positional argument: 'says'",
}


@pytest.mark.parametrize(("draw", "words"), BROKEN.items(), ids=lambda value: getattr(value, "__name__", ""))
def test_what_breaks_the_contract_is_named_with_its_state_and_its_mend(draw, words):
    with pytest.raises(SceneError, match=re.escape(f"scene {words}")) as caught:
        compiled(scene_of(draw))
    assert re.search(r"\. Mend: \w.*\.$", str(caught.value), re.DOTALL)


@pytest.mark.parametrize("draw", [no_return, raising, formula, broken_still], ids=lambda draw: draw.__name__)
def test_the_live_side_names_it_too(draw):
    with pytest.raises(SceneError, match=f"(?s)scene '{draw.__name__}'.* Mend: "):
        Picture(scene_of(draw)).at({"a": 2})


@pytest.mark.parametrize(
    "hostile",
    [
        {"text.usetex": True},
        {"axes.grid": True, "axes.unicode_minus": False, "axes.xmargin": 0.4},
        {"font.family": "serif", "font.weight": "bold", "font.size": 30, "text.parse_math": False},
        {"lines.linestyle": ":", "path.sketch": (1, 100, 2), "patch.force_edgecolor": True},
        plt.style.library["ggplot"],
        plt.style.library["dark_background"],
    ],
    ids=["usetex", "axes", "font", "lines", "ggplot", "dark_background"],
)
def test_the_users_own_style_changes_nothing_and_is_left_as_it_was(hostile):
    def grown(fig):
        """A scene that also makes an artist and a formula at each state."""
        ax = fig.add_subplot(xlim=(-1, 1), ylim=(-1, 1), title="grows, $x^2$")
        moved = ax.plot([], [])[0]
        legend = [ax.legend([moved], ["0"])]

        def update(a):
            moved.set_data([-1, 1], [-a / 2, a / 2])
            legend[0].get_texts()[0].set_text(f"{a}")
            ax.set_xticks(np.linspace(-1, 1, a + 2))
            return Frame([moved, legend[0], ax.xaxis], says="fine")

        return update

    scene = scene_of(grown)
    plain, picture = compiled(scene), Picture(scene).at({"a": 2})[0]
    with plt.rc_context(hostile):
        before = dict(plt.rcParams)
        again = compiled(scene)
        assert (again.base, again.slots, again.clips) == (plain.base, plain.slots, plain.clips)
        assert Picture(scene).at({"a": 2})[0] == picture
        assert dict(plt.rcParams) == before
