"""Numbers as the figures and their words write them."""


def number(value: float, digits: int = 2) -> str:
    """A value to at most ``digits`` decimals, with a true minus sign and no minus zero.

    >>> number(-0.14674), number(-0.14674, digits=3), number(1.5), number(-1e-9)
    ('−0.15', '−0.147', '1.5', '0')
    """
    return f"{round(float(value), digits) + 0.0:g}".replace("-", "−")


def as_set(value: float) -> str:
    """A value that the reader has set, to four decimals: where a scene is live it may be any.

    >>> as_set(-0.25), as_set(1.0), as_set(0.2808)
    ('−0.25', '1', '0.2808')
    """
    return number(value, digits=4)
