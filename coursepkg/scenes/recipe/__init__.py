"""The capstone: a trained network's second thoughts about the digits of the test."""

from .doubts import EPOCHS, RANKS, run, second_thoughts

__all__ = ["EPOCHS", "RANKS", "run", "second_thoughts"]
