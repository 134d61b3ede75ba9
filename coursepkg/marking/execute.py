"""nbgrader's marking with the student's cells in a process of their own: two lines in nbgrader_config.py.

    from coursepkg.marking.execute import seal
    seal(get_config())

The kernel runs locked cells alone, the checks among them. What is neither theirs nor nbgrader's own is run by
`sealed.Student`, and the kernel knows its functions by stand-ins.
"""

from pathlib import Path
from typing import Any

from nbgrader.converters import Autograde
from nbgrader.preprocessors import Execute
from nbgrader.utils import is_grade, is_locked
from traitlets import Float, Integer, List, Unicode

TEXT = "__import__('coursepkg.marking.notebook', fromlist=['*']).notebook(globals(), **{settings!r})"


class SealedExecute(Execute):
    """Runs locked cells in the kernel and all others in the student's process."""

    secrets = List(Unicode(), help="Folders and files that no student's code may read.").tag(config=True)
    seconds = Float(30, help="What one cell, or one call of a student's function, may take.").tag(config=True)
    total = Float(300, help="What a student's code may take in one notebook.").tag(config=True)
    megabytes = Integer(4096, help="The memory of a student's process.").tag(config=True)

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> Any:
        self.timeout = int(self.total) + 120  # the student's process is stopped long before
        # Files that were handed in with the notebook are no modules for the kernel.
        self.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--ignore-cwd", "--log-level=ERROR"]
        return super().preprocess(nb, resources, km)

    def preprocess_cell(self, cell: Any, resources: Any, index: int) -> Any:
        if cell.cell_type != "code":
            return cell, resources
        ours = is_locked(cell) and cell.metadata.nbgrader.get("grade_id")
        source = cell.source
        if not (ours and is_grade(cell)):
            settings = {name: getattr(self, name) for name in ("secrets", "seconds", "total", "megabytes")}
            there = f"{TEXT.format(settings=settings)}.run({source!r}, ours={bool(ours)})"
            cell.source = f"{source}\n{there}" if ours else there
        try:
            done = super().preprocess_cell(cell, resources, index)
        finally:
            cell.source = source
        if not (ours and is_grade(cell)):
            for output in cell.outputs:
                if output.output_type == "error":  # not the student's: theirs are printed
                    raise RuntimeError(f"the student's process failed: {output.ename}: {output.evalue}")
        return done


def seal(config: Any, course: Path | None = None) -> None:
    """Let `nbgrader autograde` run students' code by `SealedExecute`, as the settings `config` say.

    It may not read the folder `course` of the class (where nbgrader runs, if it is not given). ValueError if the
    course's package is in that folder: the students' code needs it.
    """
    course = (course or Path.cwd()).resolve()
    if course in Path(__file__).resolve().parents:
        raise ValueError(f"the folder of the class must not hold the course's package, but {course} does")
    config.SealedExecute.secrets = [str(course)]
    first, *others = Autograde.class_traits()["autograde_preprocessors"].default()
    if first is not Execute:
        raise RuntimeError(f"this nbgrader begins with {first.__name__} instead of Execute: seal() does not know it")
    config.Autograde.autograde_preprocessors = [SealedExecute, *others]
