"""otter-grader's marking with the student's cells in a process of their own: a plugin that `autograder.zip` names.

otter runs the submission's cells and then the tests in one kernel. The plugin hands it another notebook: cells of
the course that have `sealed.Student` run the submission, and give the tests stand-ins for its functions.
"""

import shutil
from pathlib import Path
from typing import Any

import nbformat
from otter.plugins import AbstractOtterPlugin

START = """\
import os
os.environ["COURSEPKG_CHECK"] = "strict"
# A fault of ours here must not look like wrong answers: without a kernel otter has no result.
get_ipython().set_custom_exc((BaseException,), lambda *_, **__: os._exit(70))
from coursepkg.marking.notebook import notebook
_notebook = notebook(globals(), **{settings!r})"""


class Sealed(AbstractOtterPlugin):
    """The plugin. Its settings: `setup`, the sources of the course's own cells; `checks`, the names of its tests; and
    `limits`, of `sealed.Student`."""

    def before_execution(self, submission: Any) -> Any:
        here = Path.cwd()
        _remove_other_files(here, Path(self.submission_path).name)
        setup, limits = self.plugin_config["setup"], self.plugin_config["limits"]
        sources = [cell.source for cell in submission.cells if cell.cell_type == "code" and not self._is_ours(cell)]
        cells = [START.format(settings={**limits, "secrets": [*limits.get("secrets", []), str(here.parent)]})]
        cells += [f"{source}\n_notebook.run({source!r}, ours=True)" for source in setup]
        cells += [f"_notebook.run({source!r})" for source in sources]
        return nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(source) for source in cells], metadata=submission.metadata
        )

    def _is_ours(self, cell: Any) -> bool:
        """Whether otter runs a cell's own version: it has been run as set-up, or is one of the tests."""
        return cell.source in self.plugin_config["setup"] or cell.get("id") in self.plugin_config["checks"]


def _remove_other_files(folder: Path, submission: str) -> None:
    """Files that came with the notebook could pass for modules in the kernel of the checks."""
    if folder.name != "submission" or not (folder.parent / "source").is_dir():
        raise RuntimeError(f"the plugin is made for otter's folder of a submission, but runs in {folder}")
    for path in folder.iterdir():
        if path.name not in (submission, "tests", "__init__.py"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
