"""The engine needs NumPy alone."""

import subprocess
import sys

BLOCKED = """
import importlib, pkgutil, sys

class Blocker:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"matplotlib", "ipywidgets", "IPython", "scipy", "sklearn", "torch"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocker())
import coursepkg
import coursepkg.engine as engine
for found in pkgutil.walk_packages(engine.__path__, "coursepkg.engine."):
    importlib.import_module(found.name)
from coursepkg.engine import datasets
datasets.gate("AND"), datasets.iris()
allowed = {"numpy", "cython_runtime", "coursepkg"} | set(sys.stdlib_module_names)
print(sorted({m.split(".")[0] for m in sys.modules if not m.startswith("_")} - allowed))
"""


def test_the_whole_engine_imports_without_figures_or_widgets():
    # -S keeps site-packages' start-up files (of editable installs, say) from importing things of their own.
    run = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{BLOCKED}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.strip() == "[]"
