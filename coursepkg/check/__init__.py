"""Checks for the exercises: `from coursepkg import check`, then `check.nand(nand)` or `check.hint("nand")`.

Every exercise has one name in the whole course, so a notebook needs no chapter in front of it. A new chapter
is a module or package of judges, as `perceptron` is, and its names below; `exercise` has outcomes and modes.
"""

from .activations import elu_picture, elu_slopes, falling, gelu_steepest, tanh_from_sigmoid
from .backprop import backward_cost, error_valley, hand_gradients, mended, twins
from .descent import largest_step, loss_curves, newton_step, power_factor, rosenbrock_valley
from .exercise import CheckFailed, hint
from .landscapes import certificates, count_twins, deep_start, descent_picture, origin_hessian, origin_kind
from .mlp import collapse, count_parameters, hidden_plane, xor_relu, xor_steps
from .perceptron import and_weights, boundary, count_separable, eta_start, nand, perceptron_rule, xor_clash
from .regularisation import dropout_loss, first_steps, inverted_dropout, ridge_step, ridge_weights, shrink_picture
from .stochastic import adagrad_step, adam, batch_noise, momentum_step, noise_picture

__all__ = [
    "CheckFailed",
    "adagrad_step",
    "adam",
    "and_weights",
    "backward_cost",
    "batch_noise",
    "boundary",
    "certificates",
    "collapse",
    "count_parameters",
    "count_separable",
    "count_twins",
    "deep_start",
    "descent_picture",
    "dropout_loss",
    "elu_picture",
    "elu_slopes",
    "error_valley",
    "eta_start",
    "falling",
    "first_steps",
    "gelu_steepest",
    "hand_gradients",
    "hidden_plane",
    "hint",
    "inverted_dropout",
    "largest_step",
    "loss_curves",
    "mended",
    "momentum_step",
    "nand",
    "newton_step",
    "noise_picture",
    "origin_hessian",
    "origin_kind",
    "perceptron_rule",
    "power_factor",
    "ridge_step",
    "ridge_weights",
    "rosenbrock_valley",
    "shrink_picture",
    "tanh_from_sigmoid",
    "twins",
    "xor_clash",
    "xor_relu",
    "xor_steps",
]
