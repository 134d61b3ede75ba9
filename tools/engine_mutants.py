"""How much do the engine's tests prove? Break it in small ways at random, and count the breaks that no test notices.

    python tools/engine_mutants.py                      150 mutants of seed 0, their survivors and the score
    python tools/engine_mutants.py --seed 3 --count 20  others

A mutant changes one thing: a comparison, an operation, a constant, a condition, or a line that is left out. It is
killed if a test of the engine or an example in a docstring fails, or does not end. A survivor is either a gap in the
tests, to be filled with a fact, or equivalent: it changes nothing that could be noticed, and stands in EQUIVALENT with
the reason. Takes half an hour or so; exits 1 if the score of the others is below 95 %.
"""

import argparse
import ast
import os
import random
import resource
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

# Before NumPy is imported: threads that wait for each other would use up the time that a test has.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import pytest
import sklearn.linear_model
import sklearn.metrics
import sklearn.neural_network  # noqa: F401

ROOT = Path(__file__).parents[1]
ENGINE = Path("coursepkg/engine")
NEEDED = ["coursepkg", "tests/conftest.py", "tests/engine", "tests/reference", "tools", "conftest.py", "pyproject.toml"]
LEAST = 0.95
SECONDS = 100

SWAPS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult,
    ast.Pow: ast.Mult, ast.MatMult: ast.Mult, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip

#: (module, the line as ast writes it, what was done to it): why nobody could notice.
EQUIVALENT: dict[tuple[str, str, str], str] = {
    ("landscapes/critical.py", "up, down = ((w > zero).any(), (w < -zero).any())", "comparison"): (
        "an eigenvalue would have to be the bound itself, 10⁻⁹ of the largest, to the last bit"
    ),
    ("newton.py", "for _ in range(60):", "60 → 120"): (
        "sixty halvings leave 10⁻¹⁸ of a step, less than a float can add; more of them only take time"
    ),
    ("separation.py", "T = np.zeros((k + 2, m + 1), dtype=object)", "1 → 2"): ("one more column, which nothing reads"),
}


def sites(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """(node, what to do to it) for each place where the module can be broken."""
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node
    for node in ast.walk(tree):
        if _apart(node):
            continue
        if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in SWAPS:
            yield node, "comparison"
        elif isinstance(node, ast.BinOp | ast.AugAssign) and type(node.op) in SWAPS and not _text(node):
            yield node, "operation"
        elif isinstance(node, ast.BoolOp):
            yield node, "and/or"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.Not):
            yield node, "sign"
        elif isinstance(node, ast.Constant) and type(node.value) in (int, float, bool):
            yield node, "constant"
        elif isinstance(node, ast.If | ast.IfExp):
            yield node, "condition"
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            yield node, "left out"


def _apart(node: ast.AST) -> bool:
    """Whether the node is an annotation or a word of an error message: those compute nothing."""
    while (parent := getattr(node, "parent", None)) is not None:
        if isinstance(parent, ast.JoinedStr | ast.FormattedValue | ast.Raise):
            return True
        if node in (getattr(parent, "annotation", None), getattr(parent, "returns", None)):
            return True
        node = parent
    return False


def _text(node: ast.AST) -> bool:
    """Whether an operation joins texts or types."""
    words = (ast.JoinedStr, ast.BitOr)
    texts = (isinstance(part, words) or isinstance(getattr(part, "value", None), str) for part in ast.walk(node))
    return any(texts)


def mutate(source: str, index: int) -> tuple[str, tuple[str, str]]:
    """The source with its site number `index` broken, and (the statement as it was, what was done)."""
    tree = ast.parse(source)
    node, what = list(sites(tree))[index]
    statement = node
    while not isinstance(statement, ast.stmt):
        statement = statement.parent
    before = ast.unparse(statement).splitlines()[0]
    if what == "comparison":
        node.ops = [SWAPS[type(node.ops[0])]()]
    elif what in ("operation", "and/or"):
        node.op = SWAPS[type(node.op)]()
    elif what == "sign":
        _put(node, node.operand)
    elif what == "constant":
        number = node.value
        node.value = not number if isinstance(number, bool) else number + 1 if number == 0 else 2 * number
        what = f"{number} → {node.value}"
    elif what == "condition":
        node.test = ast.UnaryOp(ast.Not(), node.test)
    else:
        _put(node, ast.Pass())
    return ast.unparse(ast.fix_missing_locations(tree)), (before, what)


def _put(old: ast.AST, new: ast.AST) -> None:
    """Set `new` in the place of `old`."""
    for field, value in ast.iter_fields(old.parent):
        if value is old:
            setattr(old.parent, field, new)
        elif isinstance(value, list) and any(item is old for item in value):
            value[[item is old for item in value].index(True)] = new


def sample(seed: int, count: int) -> list[tuple[Path, int]]:
    """`count` different places of the engine, drawn by `seed`."""
    places = []
    for path in sorted((ROOT / ENGINE).rglob("*.py")):
        found = list(sites(ast.parse(path.read_text(encoding="utf-8"))))
        places += [(path.relative_to(ROOT), i) for i in range(len(found))]
    return random.Random(seed).sample(places, count)


def survives(copy: Path, path: Path) -> bool:
    """Whether every test passes in the copy; those of the broken module come first."""
    name = path.parent.name if path.parent != ENGINE else path.stem
    tests = sorted((copy / "tests/engine").glob("test_*.py"))
    near = [test for test in tests if name.rstrip("s") in test.stem]
    return passes(copy, [*near, copy / path]) and passes(copy, [t for t in tests if t not in near] + [copy / ENGINE])


def passes(copy: Path, files: list[Path]) -> bool:
    """Whether the tests in the files pass: run by a fork of this process, which has imported what is slow to import."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    # A test that goes round for ever is ended by the kernel, whatever else the machine has to do.
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    sys.dont_write_bytecode = True
    os.chdir(copy)
    sys.path.insert(0, str(copy))
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    # The suite's other plug-ins, for notebooks and browsers, take five times as long to load as these tests to run.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    options = ["-x", "-q", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib --doctest-modules"]
    os._exit(pytest.main([*options, *map(str, files)]))


def main() -> int:
    """Break, test, mend, again and again; print the survivors and the score."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--count", type=int, default=150)
    parser.add_argument("--start", type=int, default=0, help="leave out as many of them at the beginning")
    parser.add_argument("--stop", type=int, default=None, help="leave out those from this one on")
    given = parser.parse_args()
    killed, equivalent, alive = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in NEEDED:
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, copy / name)
        if not passes(copy, [copy / "tests/engine/test_costs.py"]):
            print("the tests fail on the engine as it is")
            return 1
        for number, (path, index) in list(enumerate(sample(given.seed, given.count)))[given.start : given.stop]:
            source = (ROOT / path).read_text(encoding="utf-8")
            broken, (before, what) = mutate(source, index)
            key = (path.relative_to(ENGINE).as_posix(), before, what)
            if key in EQUIVALENT:
                equivalent += 1
                continue
            (copy / path).write_text(broken, encoding="utf-8")
            lives = survives(copy, path)
            (copy / path).write_text(source, encoding="utf-8")
            killed += not lives
            alive += [key] if lives else []
            print(f"{number:4} {'SURVIVES' if lives else 'killed  '} {key}", flush=True)
    score = killed / (killed + len(alive))
    print(f"\n{killed} of {killed + len(alive)} killed, {score:.1%}; {equivalent} are equivalent")
    return 0 if score >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main())
