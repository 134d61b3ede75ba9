"""Checks for the exercises: `from coursepkg import check`, then `check.nand(nand)` or `check.hint("nand")`.

Every exercise has one name in the whole course, so a notebook needs no chapter in front of it. A new chapter
is a module or package of judges, as `perceptron` is, and its names below; `exercise` has outcomes and modes.
"""

from .activations import elu_picture, elu_slopes, falling, gelu_steepest, tanh_from_sigmoid
from .exercise import CheckFailed, hint
from .landscapes import certificates, deep_start, descent_picture, origin_hessian, origin_kind, twins
from .mlp import collapse, count_parameters, hidden_plane, xor_relu, xor_steps
from .perceptron import and_weights, boundary, count_separable, eta_start, nand, perceptron_rule, xor_clash

__all__ = [
    "CheckFailed",
    "and_weights",
    "boundary",
    "certificates",
    "collapse",
    "count_parameters",
    "count_separable",
    "deep_start",
    "descent_picture",
    "elu_picture",
    "elu_slopes",
    "eta_start",
    "falling",
    "gelu_steepest",
    "hidden_plane",
    "hint",
    "nand",
    "origin_hessian",
    "origin_kind",
    "perceptron_rule",
    "tanh_from_sigmoid",
    "twins",
    "xor_clash",
    "xor_relu",
    "xor_steps",
]
