"""What least squares costs: multiplications for n samples and p coefficients, divisions counted among them.

Additions are about as many, and the p square roots of a factorisation are left out. X is (n, p), w and y fit it.
"""

from .validate import count


def descent_step(n: int, p: int) -> int:
    """One step w ← w − η Xᵀ(Xw − y), with 1/n taken into η: np for Xw, np for Xᵀe, p for η: O(np).

    >>> descent_step(1000, 10)
    20010
    """
    _sizes(n, p)
    return 2 * n * p + p


def normal_equations(n: int, p: int) -> int:
    """XᵀX w = Xᵀy by Cholesky's factors: O(np² + p³), the first for one half of the symmetric XᵀX.

    (Golub and Van Loan 2013, section 5.3.) Newton's method pays this for each of its steps.

    >>> normal_equations(1000, 10)
    65320
    """
    _sizes(n, p)
    products = n * p * (p + 1) // 2 + n * p
    factors = p * (p * p - 1) // 6 + p * (p - 1) // 2
    return products + factors + 2 * substitution(p)


def qr(n: int, p: int) -> int:
    """Rw = Qᵀy with X = QR by modified Gram–Schmidt: O(np²), about twice the normal equations where n is much above p.

    (Golub and Van Loan 2013, section 5.2.)

    >>> qr(1000, 10)
    120055
    """
    _sizes(n, p)
    return n * p * (p + 1) + n * p + substitution(p)


def substitution(p: int) -> int:
    """A triangular system of p equations, solved from its short end: p(p + 1)/2.

    >>> substitution(10)
    55
    """
    count("p", p)
    return p * (p + 1) // 2


def _sizes(n: int, p: int) -> None:
    count("n", n)
    count("p", p)
