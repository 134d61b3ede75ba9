"""A plain float-by-float engine, for comparison: each number a node that knows how to pass its derivative back."""

from math import exp, log1p, tanh


class Node:
    """A number in a computation: its value, the nodes it came from, and the derivative of it in each of them."""

    __slots__ = ("adjoint", "local", "parents", "value")

    def __init__(self, value, parents=(), local=()):
        self.value, self.parents, self.local, self.adjoint = value, parents, local, 0.0

    def __add__(self, other):
        return Node(self.value + other.value, (self, other), (1.0, 1.0))

    def __mul__(self, other):
        return Node(self.value * other.value, (self, other), (other.value, self.value))

    def tanh(self):
        a = tanh(self.value)
        return Node(a, (self,), (1.0 - a * a,))

    def cross_entropy(self, y):
        z = self.value
        loss = max(z, 0.0) - y * z + log1p(exp(-abs(z)))
        return Node(loss, (self,), (1.0 / (1.0 + exp(-z)) - y,))

    def backward(self):
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, done = stack.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                stack.append((node, True))
                stack += [(parent, False) for parent in node.parents]
        self.adjoint = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.local, strict=True):
                parent.adjoint += node.adjoint * slope


def train(weights, samples, eta, steps):
    """Gradient descent of a net with one hidden layer of tanh and one logit; weights = [(W, b), (w, c)] as lists."""
    (W, b), (w, c) = weights
    hidden = [([Node(v) for v in row], Node(bias)) for row, bias in zip(W, b, strict=True)]
    out, last = [Node(v) for v in w], Node(c)
    nodes = [node for row, bias in hidden for node in (*row, bias)] + [*out, last]
    for _ in range(steps):
        total = Node(0.0)
        for x, y in samples:
            z, inputs = last, [Node(v) for v in x]
            for (row, bias), weight in zip(hidden, out, strict=True):
                s = bias
                for v, node in zip(inputs, row, strict=True):
                    s = s + v * node
                z = z + weight * s.tanh()
            total = total + z.cross_entropy(y)
        for node in nodes:
            node.adjoint = 0.0
        total.backward()
        for node in nodes:
            node.value -= eta * node.adjoint / len(samples)
    return [node.value for node in nodes]
