"""No answer is seen before its question: not in the figure as it first stands, and not on the page above it."""

import importlib
import re
from pathlib import Path

import nbformat
import pytest
from matplotlib.text import Text

from coursepkg.explorable.drawing import Drawing
from coursepkg.explorable.scene import Scene

BOOK = Path(__file__).parents[2] / "book"
#: By page and scene: words that give the answer away. Each is found in the answer or its reason, and nowhere before.
TELLS = {
    ("01_perceptron", "perceptron"): {
        "neuron": r"slides without turning|how far it lies",
        "nudge": r"exactly as many|w and b alike",
        "flowers": r"keeps jumping|never settles|at rest: False|best line",
        "template": r"errs on both|z = 4\b|z = -1\b|scores −1",
    },
    ("02_mlp", "mlp"): {
        "fold_the_plane": r"[Tt]wo parallel lines|edges of a strip",
        "linear_tower": "[Pp]arallelogram",
        "train_it": "triangle",
        "build_any_function": r"quarter of the error|8N²|8 N\^2",
    },
    ("03_activations", "activations"): {
        "slope_bank": r"GELU and SELU|1\.129|1\.758",
        "whisper": r"makes it worse|4·10⁻²³|3\.9 \\cdot",
        "start_right": "thousandfold|1/1000",
    },
    ("04_backprop", "backprop"): {
        "blame_tape": "four weights in the first layer|which is never 0",
        "wrong_and_deaf": "400 times|1/405|405",
    },
    ("05_descent", "descent"): {
        "descend": r"0\.25 away|to and fro for ever|−0\.25",
        "valley": r"κ > 10|\\kappa > 10",
        "scale_it": r"forty times|7,543",
        "trap": r"56,815|50,000",
        "astray": r"On a saddle|which kind of point|more saddles",
    },
    ("06_stochastic", "stochastic"): {
        "noise_ball": r"divides it by 4|divides it by 2\.1|^Four times the batch",
        "cold_start": r"3\.162|6\.569",
        "fair_race": r"Four$|at 0\.032 RMSProp|0\.18 Adam",
    },
    ("07_regularisation", "regularisation"): {
        "shrink_or_snap": r"no λ with L2|holds against",
        "degree_and_penalty": r"falls, then rises|takes that freedom",
        "stopping_is_shrinking": r"About 5|5\.3",
        "dropout_and_norm": r"It is higher|learnt less well",
    },
    ("08_landscapes", "landscapes"): {
        "chord_test": r"the chord 0\.4|is not convexity",
        "hills": r"more than 60|There are 63",
        "terrain": r"one in seven|14\.1",
        "saddle_escape": r"twice as long|takes 76",
        "flat_or_sharp": r"flatter one|6\.70",
        "net_landscape": r"The residual one|dozen or so",
    },
    ("convolution", "convolution"): {
        "slide_the_detector": r"one column to the right, and the same|move with the digit"
    },
    ("recipe", "recipe"): {"second_thoughts": r"between 0\.4 and 0\.9|0\.83"},
}
CASES = [(page, package, name) for (page, package), tells in TELLS.items() for name in tells]


@pytest.mark.parametrize(("page", "package", "name"), CASES, ids=[name for *_, name in CASES])
def test_an_answer_is_not_seen_before_its_question(page, package, name):
    scene = getattr(importlib.import_module(f"coursepkg.scenes.{package}"), name)
    tell = re.compile(TELLS[page, package][name], re.MULTILINE)
    assert tell.search(scene.ask.choices[scene.ask.answer] + "\n" + scene.ask.because), "no tell of this answer"
    drawing = Drawing(scene, dpi=72)
    words = drawing.at(scene.default).says

    shown = [words, scene.alt, *(text.get_text() for text in drawing.fig.findobj(Text) if text.get_visible())]
    assert not tell.search("\n".join(shown)), f"the figure begins with {tell.search(chr(10).join(shown))[0]!r}"
    above = []
    for cell in nbformat.read(BOOK / f"{page}.ipynb", 4).cells:
        if f"explore(scenes.{name})" in cell.source:
            break
        above.append(cell.source)
        above += [output.get("text", "") for output in cell.get("outputs", ())]
    else:
        pytest.fail(f"{page} does not explore {name}")
    page_above = re.sub(r"<details>.*?</details>", "", "\n".join(above), flags=re.DOTALL)
    assert not tell.search(page_above), f"above it stands {tell.search(page_above)[0]!r}"


def test_every_scene_of_these_chapters_has_its_tell():
    for (_, package), tells in TELLS.items():
        module = importlib.import_module(f"coursepkg.scenes.{package}")
        assert set(tells) == {value.name for value in vars(module).values() if isinstance(value, Scene)}
