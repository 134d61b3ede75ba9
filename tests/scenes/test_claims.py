"""What the states say is true: every claim is computed again from a run that the words' own code does not make.

The claims of a chapter are in tests/scenes/claims/, one file a chapter. New words need a claim: words that none covers
fail, as does a claim that no state of the sample makes.
"""

import importlib
import pkgutil
import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import coursepkg.scenes
from coursepkg.explorable.drawing import Drawing
from coursepkg.explorable.scene import Scene
from tests.scenes.looking import between
from tests.scenes.saying import ALSO, CLAIMS, NUMBER, Said, judged

CHAPTERS = sorted(path.stem for path in Path(__file__).with_name("claims").glob("*.py"))
SCENES = [
    scene
    for chapter in CHAPTERS
    if importlib.import_module(f"tests.scenes.claims.{chapter}")
    for scene in vars(importlib.import_module(f"coursepkg.scenes.{chapter}")).values()
    if isinstance(scene, Scene)
]
STATES = 40
#: One thing that is told as many: "1 steps", "1 of 4 points are".
PLURAL = r"(?<![\d.,·^⁻/−-])1 (?:of \d+ \w+s (?:are|were|have)|(?:points|steps|epochs|units|updates|mistakes)\b)"


def sample(scene: Scene) -> list[dict]:
    """The default, the presets, what the claims ask for, 40 states drawn by lot or all, and 12 between those."""
    named = [scene.default | preset for preset in ({}, *scene.presets.values(), *ALSO[scene.name])]
    states = list(scene.states())
    drawn = np.random.default_rng(13).permutation(len(states))[:STATES]
    return named + [states[k] for k in sorted(drawn)] + list(between(scene, 12))


@cache
def said(scene: Scene) -> list[tuple[dict, str]]:
    """Each state of the sample with its words."""
    drawing = Drawing(scene, dpi=72)
    return [(state, drawing.at(state).says) for state in sample(scene)]


def test_every_chapter_has_its_claims():
    assert {module.name for module in pkgutil.iter_modules(coursepkg.scenes.__path__)} == set(CHAPTERS)


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_what_a_scene_says_is_true(scene):
    made, faults = set(), []
    for state, words in said(scene):
        for claim, fault in judged(scene.name, state, words):
            made.add(claim.source)
            if fault:
                faults.append(f"{state}: {claim.source!r}\n  in {words!r}\n  {fault}")
    assert not faults, f"{len(faults)} untrue:\n" + "\n".join(faults[:5])
    assert made == {claim.source for claim in CLAIMS[scene.name]}, "a claim that no state of the sample makes"


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_one_thing_is_told_as_one(scene):
    assert [words for _, words in said(scene) if re.search(PLURAL, words)] == []


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_no_number_of_a_state_can_be_changed_unnoticed(scene):
    for state, words in said(scene)[:8]:
        for found in re.finditer(NUMBER, words):
            number = Said(found[0])
            other = f"{number + 1 + abs(number):g}".replace("-", "−")
            false = words[: found.start()] + other + words[found.end() :]
            try:
                noticed = any(fault for _, fault in judged(scene.name, state, false))
            except AssertionError:
                noticed = True
            assert noticed, false


def test_a_false_number_a_false_verdict_and_new_words_are_found():
    state = {"k": 11, "eta": 1, "data": "AND"}
    true = "Update 11: (0, 1) is 0 and was called 1, so w loses η·(0, 1) and b loses η. Now w = (2, 1), b = −3. "
    assert all(not fault for _, fault in judged("nudge", state, true + "Every point is right."))
    for false in (
        true.replace("−3", "−2") + "Every point is right.",
        true.replace("loses", "gains") + "Every point is right.",
        true + "1 of 4 points is still wrong.",
    ):
        assert any(fault for _, fault in judged("nudge", state, false)), false
    with pytest.raises(AssertionError, match="no claim covers 'It is beautiful"):
        list(judged("nudge", state, true + "Every point is right. It is beautiful."))


def test_a_number_is_read_as_it_is_written():
    read = {"−0.25": -0.25, "1,234": 1234, "4.1·10⁻¹²": 4.1e-12, "10⁻⁵": 1e-5, "+6": 6, "10": 10, "0.0000…": 0}
    for text, value in read.items():
        assert Said(text) == pytest.approx(value)
    assert Said("0.25").is_(0.2549)
    assert not Said("0.25").is_(0.2551)
    assert Said("0.5").is_(0.53)
    assert not Said("0.5").is_(0.53, decimals=2)
    assert Said("0.5").is_(0.5004, digits=3)
    assert not Said("0.5").is_(0.5006, digits=3)
    assert Said("4.1·10⁻¹²").is_(4.14e-12)
    assert not Said("4.1·10⁻¹²").is_(4.2e-12)
