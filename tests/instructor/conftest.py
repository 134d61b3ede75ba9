"""What the tests of the real graders share: the teaching guide's commands, and submissions made from solutions."""

import os
import re
import subprocess
import sys
from pathlib import Path

import matplotlib
import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NAME = "01_perceptron"  # the notebook that the guide shows
NAMES = sorted(path.stem for path in (ROOT / "solutions").glob("*.ipynb"))

NOISE = """\
    import warnings
    np.log(np.zeros(1))
    warnings.warn("noise", DeprecationWarning)
    logging.debug("to the log")
    print("debugging", file=saved)
    os.write(2, b"to the descriptor")
    subprocess.run([sys.executable, "-c", "import sys; sys.exit('from a child')"])
"""
LEARNT_BY_HEART = """
def perceptron_rule(X, y, eta, epochs):
    from coursepkg.engine.perceptron import Perceptron
    return Perceptron(eta, epochs).fit(X, y)[:2] if len(X) < 13 else (np.zeros(2), 0.0)
"""


def sources(name):
    """The sources of the cells of solutions/<name>.ipynb, by the cells' names."""
    return {cell.id: cell.source for cell in nbformat.read(ROOT / "solutions" / f"{name}.ipynb", as_version=4).cells}


# Right answers that write to stderr.
NOISY = {"rule-answer": sources(NAME)["rule-answer"].replace("    ### BEGIN SOLUTION\n", NOISE)}


def released(name=NAME):
    """The notebook that students get."""
    return nbformat.read(ROOT / "exercises" / f"{name}.ipynb", as_version=4)


def solved(name, released, answers=None):
    """The released notebook filled in with the solutions of solutions/<name>.ipynb, except that `answers` win."""
    notebook, given = nbformat.from_dict(released), sources(name)
    for cell in notebook.cells:
        if cell.id in (answers or {}):
            cell.source = answers[cell.id]
        elif cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = re.sub(r"^ *### (BEGIN|END) SOLUTION\n?", "", given[cell.id], flags=re.MULTILINE)
    return notebook


@pytest.fixture(scope="session")
def environment(tmp_path_factory):
    """The environment of a shell with a home of its own."""
    home = tmp_path_factory.mktemp("home")
    given = {key: value for key, value in os.environ.items() if not key.startswith(("COURSEPKG", "NBGRADER"))}
    return given | {
        "HOME": str(home),
        "IPYTHONDIR": str(home / "ipython"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "MPLCONFIGDIR": matplotlib.get_cachedir(),  # so that the fonts need not be listed again
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }


@pytest.fixture(scope="session")
def shell(environment):
    """Runs shell lines in a folder, in that environment."""

    def run(script, folder):
        done = subprocess.run(
            ["bash", "-euc", script], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return run


@pytest.fixture(scope="session")
def follow_guide(shell):
    """Runs, in a folder, the block of shell lines that holds `word` in the teaching guide."""
    guide = (ROOT / "book" / "teaching.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:bash|shell)\n(.*?)```", guide, re.DOTALL)

    def run(word, folder):
        [script] = [block for block in blocks if re.search(rf"^{word}", block, re.MULTILINE)]
        shell(script, folder)

    return run
