import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from matplotlib.figure import Figure

import coursepkg
from coursepkg.explorable import style
from tests.explorable.test_show import displayed

__all__ = ["displayed"]


def test_every_setting_is_pinned_but_those_of_the_session():
    left = {name for name in mpl.rcParams if name not in style.RC}
    assert {name for name in left if not name.startswith(style.SESSION)} == set()
    # matplotlib says itself which settings are none of a style's
    assert left >= {"backend", "interactive", "toolbar", "timezone", "savefig.directory"}
    assert not any(name.startswith(("axes.", "font.", "lines.", "text.", "xtick.", "figure.dpi")) for name in left)


def test_a_figure_has_the_house_style_until_it_is_shown_and_then_the_user_theirs(displayed):
    style.restore()  # what another test has begun and never shown
    with plt.rc_context(plt.style.library["ggplot"] | {"axes.grid": True}):
        before = dict(mpl.rcParams)
        fig, ax = style.figure()
        other, _ = style.figure()
        (line,) = ax.plot([0, 1], [0, 1])
        assert line.get_color() == style.BLUE
        assert not ax.xaxis.get_gridlines()[0].get_visible()
        assert ax.set_title("T").get_fontsize() == style.TEXT
        coursepkg.show(fig, alt="A rising line.")
        coursepkg.show(other, alt="Nothing.")
        assert dict(mpl.rcParams) == before


@pytest.mark.parametrize("fault", [None, "alt", "hatch"])
def test_the_users_style_comes_back_whatever_happens(displayed, monkeypatch, fault):
    monkeypatch.setenv("EXPLORABLE", "static")
    before = dict(mpl.rcParams)
    fig, ax = style.figure()
    if fault == "hatch":
        ax.bar([1], [1], hatch="x")
    try:
        coursepkg.show(fig, alt="" if fault == "alt" else "A bar.")
    except ValueError:
        assert fault
    assert dict(mpl.rcParams) == before


def test_settings_are_nested_and_restored_after_an_error():
    before = dict(mpl.rcParams)
    with style.styled():
        with pytest.raises(ValueError, match="no colour"), style.styled():
            Figure().set_facecolor("no colour")
        assert mpl.rcParams["font.size"] == style.TEXT
    assert dict(mpl.rcParams) == before
