import pytest

from coursepkg.explorable import Ask, Choice, Frame, Slider, explorable
from coursepkg.explorable.scene import SCENES
from tests.explorable.scenes_for_tests import CLOUD, COMMON, slope


def test_a_scene_numbers_its_states_in_order():
    states = list(slope.states())
    assert len(states) == len(slope) == 18
    assert [slope.index(state) for state in states] == list(range(18))
    assert states[0] == {"a": -2, "kind": "plain"}
    assert states[1] == {"a": -2, "kind": "dotted"}


def test_corners_are_the_ends_of_sliders_and_every_choice():
    assert list(slope.corners()) == [{"a": a, "kind": kind} for a in (-2, 2) for kind in ("plain", "dotted")]


def draw(fig):
    (line,) = fig.add_subplot().plot([], [])
    return lambda a: Frame([line], says="fine")


@pytest.mark.parametrize(
    ("error", "words", "given"),
    [
        (TypeError, "a must be a Slider, a Choice or Points, got 3", {"a": 3}),
        (ValueError, "one or more controls", {}),
        (ValueError, "alt must say something", {"a": Slider(0, 1, 1), "alt": " "}),
        (ValueError, "title must say something", {"a": Slider(0, 1, 1), "title": ""}),
        (ValueError, "title must say something, got None", {"a": Slider(0, 1, 1), "title": None}),
        (ValueError, "size must be a width and a height in inches, got 5", {"a": Slider(0, 1, 1), "size": 5}),
        (ValueError, r"size must be .*, got \(5, 0\)", {"a": Slider(0, 1, 1), "size": (5, 0)}),
        (ValueError, "budget must be a number of KB, got 'big'", {"a": Slider(0, 1, 1), "budget": "big"}),
        (ValueError, "sets 'b'; controls are", {"a": Slider(0, 1, 1), "presets": {"go": {"b": 1}}}),
        (ValueError, "one set of Points or one drag, got several", {"a": CLOUD, "b": CLOUD}),
        (ValueError, "one set of Points or one drag", {"a": CLOUD, "b": Slider(0, 1, 1), "drag": ("b",)}),
        (ValueError, "sets a=7, not one of", {"a": Slider(0, 1, 1), "presets": {"go": {"a": 7}}}),
    ],
)
def test_a_scene_that_cannot_work_is_refused_at_once(error, words, given):
    with pytest.raises(error, match=words):
        explorable(**COMMON | given)(draw)


def test_a_name_belongs_to_one_module():
    def slope(fig): ...

    slope.__module__ = "another"
    with pytest.raises(ValueError, match=r"the name 'slope' is taken by .*scenes_for_tests; rename the one in another"):
        explorable(**COMMON, a=Slider(0, 1, 1))(slope)
    assert SCENES["slope"].draw.__module__ != "another"


def test_a_question_needs_an_answer_among_its_choices():
    with pytest.raises(ValueError, match="got answer=2"):
        Ask("Which?", ("this", "that"), answer=2, because="…")


def test_each_wrong_choice_has_its_own_reason():
    ask = Ask("Which?", ("this", "that", "none"), answer=1, because="…", wrong=("too early", "too few"))
    assert ask.slips == {0: "too early", 2: "too few"}
    with pytest.raises(ValueError, match="each of the 2 wrong choices"):
        Ask("Which?", ("this", "that", "none"), answer=1, because="…", wrong=("too early",))


def test_a_choice_may_hold_numbers_and_words_apart():
    with pytest.raises(ValueError, match="two or more"):
        Choice("only")


def test_a_state_may_lie_between_and_what_is_not_named_keeps_its_default():
    assert slope.state({"a": 0.125}) == {"a": 0.125, "kind": "plain"}
    for given, words in (
        ({"b": 1}, r"slope: no control is named 'b'; they are \('a', 'kind'\)"),
        ({"a": 3}, "slope: a must be from -2.0 to 2.0, got 3"),
        ({"kind": "dashed"}, "slope: kind must be one of"),
    ):
        with pytest.raises(ValueError, match=words):
            slope.state(given)
