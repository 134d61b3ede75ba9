"""A preset lands where its name says: what is to be read there."""

import importlib
import re

import pytest

from coursepkg.explorable.drawing import Drawing
from coursepkg.explorable.scene import Scene

LANDS = {
    "neuron": {
        "AND": r"gives a = 1\. .* x₁ \+ x₂ − 1\.5 = 0",
        "OR": r"gives a = 1\. .* x₁ \+ x₂ − 0\.5 = 0",
        "NAND": r"gives a = 0\. .* −x₁ − x₂ \+ 1\.5 = 0",
        "ignore x₂": r"is x₁ − 0\.5 = 0",
    },
    "nudge": {
        "AND, solved": "Update 11: .* Every point is right",
        "OR, solved": "Update 5: .* Every point is right",
        "XOR, after 40 updates": "Update 40: .* still wrong",
    },
    "flowers": {
        "setosa and versicolor": "come to rest",
        "after 10 epochs": "After 10 epochs: .* 50 of 100",
        "after 30 epochs": "After 30 epochs",
    },
    "template": {
        "a shifted 1": "reads 0. It is a 1: wrong",
        "a shifted 0": "reads 1. It is a 0: wrong",
        "a smudged 1": "It is a 1: right",
    },
    "fold_the_plane": {
        "XOR": "XOR exactly",
        "another XOR": "XOR exactly",
        "second neuron unheard": r"and 2 at \(1, 1\)",
    },
    "linear_tower": {
        "eight linear layers": "^8 hidden layers .* one affine map",
        "the same weights, tanh": "^8 hidden layers .* unexplained",
        "through one neuron": "41 parameters",
    },
    "build_any_function": {
        "too few": "largest error 0.5",
        "8 kinks": "8 ReLU neurons",
        "16 kinks": "16 ReLU neurons",
        "64 pieces from 12 neurons": "64 straight pieces from 12 neurons",
    },
    "train_it": {
        "XOR, two neurons": "9 parameters",
        "XOR, eight": "100 of 100 .* 33 parameters",
        "eight without a bend": "33 parameters.* straight line",
        "spirals, soft": "100 of 100",
        "spirals, with corners": "100 of 100",
    },
    "slope_bank": {
        "the sigmoid at its best": "slope is 0.25",
        "saturated": r"slope is 0\.00",
        "ReLU's kink": "0 on the left and 1 on the right",
        "GELU goes down": "sign reversed",
        "SELU's step": "1.7581 on the left and 1.0507 on the right",
    },
    "whisper": {
        "sigmoid, w = 1": "^sigmoid, w = 1,",
        "sigmoid, w = 4": "^sigmoid, w = 4,",
        "ReLU, w = 1": "output, 1 reaches",
        "ReLU, w = 2": "1.0·10⁶ reaches",
        "step": "exactly 0",
    },
    "start_right": {
        "too small": "10⁻²⁰ in layer 20",
        "too large": r"0\.958 in layer 10.* 485 in layer 1",
        "Glorot and tanh": "Glorot start, tanh",
        "Glorot and ReLU": r"10⁻⁴ in layer 20",
        "He and ReLU": r"He start, ReLU.* 0\.538 in layer 20",
    },
    "blame_tape": {
        "the text's example": r"\(0\.044, −0\.029\)",
        "silent inputs": "All nine",
        "on the right side": "All nine",
        "a silent neuron": r"\(−0\.008, ",
    },
    "wrong_and_deaf": {
        "wrong and deaf": "= −0.00246",
        "wrong and heard": "= −0.998",
        "undecided": r"ŷ = 0\.5,",
        "right": r"ŷ = 0\.9975",
    },
    "descend": {
        "too small": r"After 15 steps the loss is 0\.[4-9]",
        "in one step": r"= 0\. After 15 steps the loss is at its least",
        "too large": "it diverges",
        "the wrong valley": "in the wrong valley",
        "a kink": "jumping between −0.25 and 0.25 for ever",
        "a plateau": r"After 15 steps the loss is 0\.7",
    },
    "valley": {
        "round": "κ = 1, .* both directions alike",
        "the edge": "for ever",
        "beyond": "diverges",
        "κ = 100": "κ = 100,",
        "a heavy ball": "Heavy ball",
        "Newton": "Newton",
    },
    "trap": {
        "inside": "at the minimum",
        "on the edge": "for ever",
        "beyond": "diverges",
        "half steps": "Half steps from 1.5: .* from the minimum",
        "with a search": "line search from 1.5: .* at the minimum",
    },
    "scale_it": {
        "days 5 to 14": "Days 5 to 14, as measured",
        "days 11 to 20": "Days 11 to 20, as measured",
        "standardised": "standardised: .* round",
    },
    "astray": {
        "down": "Gradient descent .* on a minimum",
        "to a saddle": "Pure Newton .* on a saddle",
        "uphill": "it has climbed",
        "Newton, made to go down": "Newton downhill .* on a minimum",
    },
    "noise_ball": {
        "copy the last flower": r"Constant η = 1, batch 1: .* in theory 3\.1\.",
        "small steps": r"Constant η = 0\.02, batch 1",
        "larger batch": "batch 64",
        "the running mean": "η/t with η = 1, batch 1: .* lies within",
        "too timid": r"η/t .* still 2\.1 cm",
    },
    "cold_start": {
        "the longest step": r"step 12: .* 6\.569 times",
        "first step, uncorrected": r"step 1: .* 3\.162 times",
        "first step, corrected": "step 1: .* as long as η",
        "too short instead": r"step 1: .* 0\.316 times",
    },
    "fair_race": {
        "AdaGrad wins": "AdaGrad, η = 1, valley: .* less than",
        "turned": "AdaGrad, η = 1, valley, turned 45°",
        "the bend": "Rosenbrock: .* No other",
        "by luck": r"Adam, η = 0.42, terrain: .* 1\.4·10⁻⁴",
        "loss × 1024": "loss × 1024: diverged",
    },
    "shrink_or_snap": {
        "L1, just snapped": "is not above λ = 1, so w = 0",
        "L2, the same λ": r"a/\(1 \+ λ\) = 1/2 = 0\.5",
        "L1 on a large weight": r"\(3 − 1\) = 2",
        "L2 on a large weight": r"3/2 = 1\.5",
    },
    "degree_and_penalty": {
        "too stiff": r"Degree 1, .* error 0\.17 .*, 0\.2 on the validation",
        "about right": r"Degree 3, .* 0\.042 on the validation",
        "too free": r"Degree 12, λ = 0: .* 1\.1 on the validation",
        "degree 12, held back": r"Degree 12, .* 0\.044 on the validation",
        "degree 12, strangled": r"Degree 12, λ = 30: .* error 0\.073",
    },
    "stopping_is_shrinking": {
        "20 steps of 0.1": "^20 steps of η = 0.1,",
        "200 steps of 0.01": "^200 steps of η = 0.01,",
        "at once": "^1 step of",
        "as far as it goes": "^200 steps of η = 0.1,",
    },
    "dropout_and_norm": {
        "by heart": r"loss 0\.01 on the 60",
        "stopped in time": r"Epoch 35: .* 0\.25 on the 120 .* least, 0\.25",
        "dropout ½": "Epoch 200",
        "dropout ¾": "Epoch 200",
        "batch normalisation": "Epoch 200",
    },
    "chord_test": {
        "one minimum, violated": "not convex",
        "no minimum, convex": "none is violated",
        "a flat floor": "none is violated",
        "two wells": "At x = 0 the graph is 1 above",
    },
    "hills": {
        "the whole": "radius 3 ",
        "from the other side": "radius 1.5 .* 1 of 2 minima",
        "along the valley": "radius 1.5 .* 2 of 2 minima",
    },
    "terrain": {
        "the centre": "stays where it is: .* saddle",
        "a hair's breadth off": "Gradient descent .* deepest minimum",
        "the deepest": "Gradient descent .* deepest minimum",
        "Newton climbs": "Newton .* maximum",
        "Newton leaps": "Newton .* 2 steps to the saddle .*, f = 9",
    },
    "saddle_escape": {
        "10⁻⁶": "From y₀ = 10⁻⁶ it takes 76",
        "10⁻¹²": "From y₀ = 10⁻¹² it takes 152",
        "small steps": r"1 \+ 2η = 1\.1 ",
    },
    "flat_or_sharp": {
        "stays": "settles in it",
        "leaves": r"leaves it and settles where the sharpness is 6\.70",
        "leaves for the flattest": r"settles where the sharpness is 2\.00",
        "diverges": "diverged",
    },
    "net_landscape": {
        "plain, shallow": "plain net of 2",
        "plain, deep": "plain net of 16",
        "residual, deep": "residual net of 16",
    },
    "slide_the_detector": {
        "the 0 moved": "is 6, in row 4, column 4",
        "no hole in the 1": "largest number is 3,",
        "the stroke of the 1": "on 3 of the detector's plus pixels",
    },
    "second_thoughts": {
        "the hardest": "number 1 of 359, hardest first. is misread",
        "nearly a 9": "this 9 .* misread as 5 with p = 0.49; the truth gets 0.45",
        "a change of mind": "this 4 .* misread as 7",
        "before training": "Epoch 0:",
        "the easiest": "number 359 of 359, hardest first. is read as 2, rightly",
    },
}
PACKAGES = (
    "perceptron",
    "mlp",
    "activations",
    "backprop",
    "descent",
    "stochastic",
    "regularisation",
    "landscapes",
    "convolution",
    "recipe",
)
SCENES = [
    value
    for package in PACKAGES
    for value in vars(importlib.import_module(f"coursepkg.scenes.{package}")).values()
    if isinstance(value, Scene)
]


@pytest.mark.parametrize("scene", SCENES, ids=lambda scene: scene.name)
def test_a_preset_lands_where_its_name_says(scene):
    assert set(LANDS[scene.name]) == set(scene.presets)
    drawing = Drawing(scene, dpi=72)
    for name, state in scene.presets.items():
        words = drawing.at(scene.default | state).says
        assert re.search(LANDS[scene.name][name], words), f"{name}: {words}"
