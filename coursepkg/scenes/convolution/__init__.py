"""Beyond the chapters, convolution: a detector that slides over the digits."""

from .detector import KERNELS, slide_the_detector

__all__ = ["KERNELS", "slide_the_detector"]
