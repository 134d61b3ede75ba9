import json
import subprocess
import sys

import IPython.display
import pytest
from matplotlib.figure import Figure

import coursepkg
from coursepkg.explorable.bundle import MIME
from coursepkg.explorable.renderer import render
from tests.explorable import scenes_for_tests as scenes


@pytest.fixture
def displayed(monkeypatch):
    """What is displayed."""
    shown = []
    monkeypatch.setattr(IPython.display, "display", lambda data, raw=False, metadata=None: shown.append(data))
    return shown


def test_a_notebook_gets_widgets(displayed, monkeypatch):
    monkeypatch.delenv("EXPLORABLE", raising=False)
    coursepkg.explore(scenes.slope)
    assert list(displayed[0]) == ["application/vnd.jupyter.widget-view+json", "image/png", "text/plain"]


def test_a_page_gets_a_bundle_a_picture_and_constant_text(displayed, monkeypatch):
    monkeypatch.setenv("EXPLORABLE", "static")
    coursepkg.explore(scenes.slope)
    assert set(displayed[0]) == {MIME, "image/png", "text/plain"}
    assert displayed[0]["text/plain"] == "explorable: slope"
    assert displayed[0][MIME]["name"] == "slope"
    assert json.loads(json.dumps(displayed[0][MIME])) == displayed[0][MIME]


def test_a_page_needs_neither_widgets_nor_sphinx():
    program = (
        "import sys; sys.modules |= dict.fromkeys(('ipywidgets', 'sphinx', 'docutils', 'myst_nb')); import coursepkg; "
    )
    program += "from tests.explorable import scenes_for_tests as s; coursepkg.explore(s.slope)"
    path = ":".join(sys.path)
    run = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env={"EXPLORABLE": "static", "PYTHONPATH": path, "PATH": "", "HOME": "/nonexistent", "MPLCONFIGDIR": "/tmp"},
    )
    assert run.returncode == 0, run.stderr


def test_only_a_scene_can_be_explored():
    with pytest.raises(TypeError, match="needs a scene"):
        coursepkg.explore(lambda fig: None)


@pytest.mark.parametrize("where", ["live", "static"])
def test_a_still_figure_needs_words_and_follows_the_theme_on_a_page(displayed, monkeypatch, where):
    monkeypatch.setenv("EXPLORABLE", where)
    fig = Figure()
    fig.add_subplot().plot([0, 1], [0, 1])
    with pytest.raises(ValueError, match="alt must say"):
        coursepkg.show(fig, alt="")
    coursepkg.show(fig, alt="A rising line.")
    assert displayed[0]["text/plain"] == "A rising line."
    assert (MIME in displayed[0]) == (where == "static")
    if where == "static":
        assert 'aria-label="A rising line."' in render(displayed[0][MIME])


@pytest.mark.parametrize("where", ["live", "static"])
def test_a_figure_of_pyplot_is_shown_once(displayed, monkeypatch, where):
    import matplotlib.pyplot as plt

    monkeypatch.setenv("EXPLORABLE", where)
    fig, other = plt.figure(), plt.figure()
    dpi = fig.get_dpi()
    coursepkg.show(fig, alt="Nothing.")
    assert plt.get_fignums() == [other.number]  # what the inline backend would show at the end of the cell
    assert len(displayed) == 1
    assert fig.get_dpi() == dpi
    plt.close(other)


def test_what_cannot_be_shown_is_named(displayed, monkeypatch):
    monkeypatch.setenv("EXPLORABLE", "static")
    with pytest.raises(TypeError, match="show: needs a matplotlib figure, got 3"):
        coursepkg.show(3, alt="Three.")
    fig = Figure()
    fig.add_subplot().bar([0], [1], hatch="/")
    with pytest.raises(ValueError, match=r"show: Rectangle\(.* it has the hatch '/'\. Mend: tell areas apart"):
        coursepkg.show(fig, alt="A bar.")
    assert displayed == []
