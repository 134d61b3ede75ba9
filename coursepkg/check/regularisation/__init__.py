"""Chapter 7, regularisation: ridge two ways, dropout mask by mask, L2 against decay, and shrinking drawn."""

from .decay import first_steps
from .dropout import dropout_loss, inverted_dropout
from .picture import shrink_picture
from .ridge import ridge_step, ridge_weights

__all__ = ["dropout_loss", "first_steps", "inverted_dropout", "ridge_step", "ridge_weights", "shrink_picture"]
