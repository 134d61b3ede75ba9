"""Which answers are right where there are many, by a few lines that share nothing with the checks."""

import numpy as np

X = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
XOR = X[:, 0] != X[:, 1]


def _flat(value):
    """The numbers in an answer, however it is nested."""
    parts = [_flat(part) for part in value] if isinstance(value, (tuple, list, np.ndarray)) else [[value]]
    return np.array([number for part in parts for number in part], float)


def _nand(answer):
    w1, w2, b = _flat(answer())
    return [w1 * x + w2 * y + b >= 0 for x, y in X] == [True, True, True, False]


def _clash(answer):
    """The two left-hand sides are one and the same sum of two rows, and the signs contradict each other."""
    first, second = sorted(answer(), key=lambda row: row[3])
    return first[3] == "<" and second[3] == ">=" and list(first[:3]) == list(second[:3]) == [1, 1, 2]


def _eta_start(answer):
    def mistakes(eta):
        w, made = list(_flat(answer())), []
        for epoch in range(300):
            for x, y in X:
                error = int(x and y) - int(w[0] * x + w[1] * y + w[2] >= 0)
                if error:
                    made.append((epoch, x, y))
                w = [w[0] + eta * error * x, w[1] + eta * error * y, w[2] + eta * error]
        return made

    return mistakes(1) != mistakes(7)


def _network(answer):
    v = _flat(answer())
    return v[:4].reshape(2, 2), v[4:6], v[6:8], v[8]


def _xor_steps(answer):
    W1, b1, w2, b2 = _network(answer)
    hidden = X @ W1.T + b1 >= 0
    return (hidden.sum(axis=0) == 1).all() and ((hidden @ w2 + b2 >= 0) == XOR).all()


def _xor_relu(answer):
    W1, b1, w2, b2 = _network(answer)
    hidden = np.clip(X @ W1.T + b1, 0, None)
    return np.allclose(hidden @ w2 + b2, XOR) and not np.allclose(hidden[1], hidden[2])


def _tanh(answer):
    p, q, r = _flat(answer())
    return all(abs(p / (1 + np.exp(-q * z)) + r - np.tanh(z)) < 1e-9 for z in (0.3, -1.2, 2.5))


def _twins(answer):
    v = _flat(answer())
    W1, b1, W2 = v[:6].reshape(3, 2), v[6:9], v[9:12]
    alike = (W1[0] == W1[1]).all() and b1[0] == b1[1] and W2[0] == W2[1]
    third = (W1[2] == W1[0]).all() and b1[2] == b1[0] and W2[2] == W2[0]
    return alike and not third and W1.all() and W2.all()


def _certificates(answer):
    functions = {
        "x³": lambda x: x**3,
        "sin x": np.sin,
        "√|x|": lambda x: abs(x) ** 0.5,
        "x⁴ − x²": lambda x: x**4 - x**2,
    }
    found = answer(dict.fromkeys(("x² − 3x", "|x| + |x − 1|", "ln(1 + eˣ)", "max(x², 1)", *functions)))
    for name, f in functions.items():
        a, b, t = found.pop(name)
        if not f((1 - t) * a + t * b) > (1 - t) * f(a) + t * f(b) + 1e-6:
            return False
    return set(found.values()) == {None}


def _deep_start(answer):
    """By descent with differences of f itself, in steps ten times shorter."""
    x, y = _flat(answer())

    def f(x, y):
        R = x * x + y * y
        return np.sin(R) + R + 2 * np.sin(3 * x) * np.sin(3 * y)

    deepest = [(s * 0.4265, -s * 0.4265) for s in (1, -1)]
    far = min(np.hypot(x - p, y - q) for p, q in deepest) >= 1 and max(abs(x), abs(y)) <= 3
    for _ in range(6000):
        h = 1e-6
        dx, dy = (f(x + h, y) - f(x - h, y)) / 2 / h, (f(x, y + h) - f(x, y - h)) / 2 / h
        x, y = x - 0.001 * dx, y - 0.001 * dy
    return far and min(np.hypot(x - p, y - q) for p, q in deepest) < 0.01


TRUTHS = {
    "nand": _nand,
    "xor_clash": _clash,
    "eta_start": _eta_start,
    "xor_steps": _xor_steps,
    "xor_relu": _xor_relu,
    "tanh_from_sigmoid": _tanh,
    "twins": _twins,
    "certificates": _certificates,
    "deep_start": _deep_start,
}
