"""Mutants of a function's source: one or two things in it changed, as an operator, a sign, an axis, an order."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

#: Arguments that change how a thing looks, which a person judges.
LOOKS = {"color", "colors", "linewidths", "markersize", "fillstyle", "alpha", "fontsize", "xytext", "textcoords"}
LOOKS |= {"aspect", "title", "zorder", "strict"}
OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.MatMult)
COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq)
TWINS = [("sqrt", "square"), ("maximum", "minimum"), ("max", "min"), ("sum", "mean"), ("std", "var"), ("sin", "cos")]
TWINS += [("zeros", "ones"), ("abs", "sign"), ("tanh", "sin"), ("exp", "expm1"), ("outer", "multiply")]
TWIN = {a: b for pair in TWINS for a, b in (pair, pair[::-1])}


def mutants(source: str, count: int, seed: tuple[int, ...]) -> list[tuple[str, str]]:
    """`count` mutants of `source`, as (what it changes, its source): single changes first, in a drawn order."""
    rng = np.random.default_rng(seed)
    tree = ast.parse(source)
    original = ast.unparse(tree)
    names = sorted(
        {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and node.id not in dir(__builtins__)}
    )
    found: dict[str, str] = {}

    def keep(tree: ast.AST) -> None:
        source = ast.unparse(ast.fix_missing_locations(tree))
        if source != original and source not in found.values():
            found.setdefault(difference(original, source), source)

    singles = [mutant for place in range(len(list(ast.walk(tree)))) for mutant in changed(tree, place, names)]
    for k in rng.permutation(len(singles)):
        keep(singles[k])
        if len(found) == count:
            break
    tries = 0
    while len(found) < count and tries < 20 * count and singles:
        tries += 1
        first = singles[rng.integers(len(singles))]
        seconds = list(changed(first, int(rng.integers(len(list(ast.walk(first))))), names))
        if seconds:
            keep(seconds[rng.integers(len(seconds))])
    return list(found.items())


def difference(before: str, after: str) -> str:
    """The lines of `after` that are not in `before`, or, where one is only gone, that line after a minus."""
    old, new = before.splitlines(), after.splitlines()
    added = [line.strip() for line in new if line not in old]
    gone = [f"−{line.strip()}" for line in old if line not in new]
    return " ⏎ ".join(added or gone)


def changed(tree: ast.AST, place: int, names: list[str]) -> Iterator[ast.AST]:
    """Copies of the tree with one change each at the node number `place` of a walk."""
    node = list(ast.walk(tree))[place]
    for edit in _edits(node, names):
        twin = copy.deepcopy(tree)
        target = list(ast.walk(twin))[place]
        edit(target)
        yield twin


def _edits(node: ast.AST, names: list[str]) -> Iterator[Callable[[Any], None]]:
    """What can be changed in a node, each as a function that changes it in place."""
    if isinstance(node, ast.BinOp):
        for operator in OPERATORS:
            if not isinstance(node.op, operator):
                yield lambda n, o=operator: setattr(n, "op", o())
        if not isinstance(node.op, (ast.Add, ast.Mult)):
            yield _swap("left", "right")
        if isinstance(node.op, ast.MatMult):
            yield lambda n: setattr(n, "left", ast.Attribute(n.left, "T", ast.Load()))
            yield lambda n: setattr(n, "right", ast.Attribute(n.right, "T", ast.Load()))
        yield lambda n: _become(n, n.left)
        yield lambda n: _become(n, n.right)
    elif isinstance(node, ast.UnaryOp):
        yield lambda n: _become(n, n.operand)
    elif isinstance(node, ast.Compare):
        for comparison in COMPARISONS:
            if not isinstance(node.ops[0], comparison):
                yield lambda n, c=comparison: n.ops.__setitem__(0, c())
    elif isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
        for value in {node.value + 1, node.value - 1, 2 * node.value, -node.value, node.value / 2} - {node.value}:
            yield lambda n, v=value: setattr(n, "value", v)
    elif isinstance(node, ast.Attribute):
        if node.attr == "T":
            yield lambda n: _become(n, n.value)
        if node.attr in TWIN:
            yield lambda n: setattr(n, "attr", TWIN[n.attr])
    elif isinstance(node, ast.Call):
        if len(node.args) > 1 and not any(isinstance(arg, ast.Starred) for arg in node.args):
            yield lambda n: n.args.insert(0, n.args.pop(1))
        for k, keyword in enumerate(node.keywords):
            if keyword.arg not in LOOKS:
                yield lambda n, k=k: n.keywords.pop(k)
        if any(keyword.arg == "axis" for keyword in node.keywords):
            yield lambda n: _turn_axis(n)
        if node.args and isinstance(node.func, (ast.Name, ast.Attribute)):
            yield lambda n: _become(n, n.args[0])
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in names:
        for other in names:
            if other != node.id:
                yield lambda n, o=other: setattr(n, "id", o)
    elif isinstance(node, (ast.Tuple, ast.List)) and len(node.elts) > 1 and isinstance(node.ctx, ast.Load):
        yield lambda n: n.elts.insert(0, n.elts.pop(1))
        yield lambda n: n.elts.reverse()
    elif isinstance(node, (ast.If, ast.IfExp)):
        yield lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), n.test))
    elif isinstance(node, ast.Return) and node.value is not None:
        yield lambda n: setattr(n, "value", ast.UnaryOp(ast.USub(), n.value))
    elif isinstance(node, (ast.For, ast.FunctionDef)):
        for k, statement in enumerate(node.body):
            if not isinstance(statement, (ast.Return, ast.FunctionDef)) and not _is_text(statement):
                yield lambda n, k=k: n.body.__setitem__(k, ast.Pass())
        if isinstance(node, ast.For):
            yield lambda n: n.body.append(ast.Break())


def _swap(one: str, other: str) -> Callable[[Any], None]:
    def edit(node: Any) -> None:
        a, b = getattr(node, one), getattr(node, other)
        setattr(node, one, b)
        setattr(node, other, a)

    return edit


def _become(node: Any, other: Any) -> None:
    node.__class__ = other.__class__
    node.__dict__ = dict(other.__dict__)


def _turn_axis(call: ast.Call) -> None:
    axis = next(keyword for keyword in call.keywords if keyword.arg == "axis")
    axis.value = ast.Constant(1 if ast.unparse(axis.value) == "0" else 0)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
