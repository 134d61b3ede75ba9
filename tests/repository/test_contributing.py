"""The recipes of CONTRIBUTING.md, followed to the letter in a copy of the course, do what they say."""

import re
import textwrap
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

ROOT = Path(__file__).parents[2]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


def recipes() -> dict[str, str]:
    """The blocks of the page whose first line is a comment that names a file, by that comment."""
    blocks = re.findall(r"^( *)```\w+\n(.*?)^ *```", CONTRIBUTING, re.MULTILINE | re.DOTALL)
    texts = [textwrap.dedent(text) for _, text in blocks]
    return dict(text.removeprefix("# ").split("\n", 1) for text in texts if re.match(r"# \S+\.\w+", text))


def nbgrader(grade_id: str, answer: bool) -> dict:
    """The metadata that the panel gives to an answer, or to its tests with two points."""
    cell = {"grade_id": grade_id, "schema_version": 3, "task": False, "locked": not answer}
    return {"nbgrader": cell | {"solution": answer, "grade": not answer} | ({} if answer else {"points": 2})}


def insert(path: Path, line: str, before: str) -> None:
    """Put a line of text before the first that begins with `before`."""
    text = path.read_text(encoding="utf-8")
    assert re.search(rf"^{before}", text, re.MULTILINE)
    path.write_text(re.sub(rf"^{before}", f"{line}{before}", text, count=1, flags=re.MULTILINE), encoding="utf-8")


@pytest.fixture(scope="module")
def course(copy):
    """The course after all three recipes."""
    recipe = recipes()
    folder = copy.folder
    (folder / "coursepkg/scenes/parabola").mkdir()
    for name in ("scenes/parabola/tangent.py", "scenes/parabola/__init__.py", "check/parabola.py"):
        (folder / "coursepkg" / name).write_text(recipe[f"coursepkg/{name}"], encoding="utf-8")
    checks = folder / "coursepkg/check/__init__.py"
    exported = re.findall(r'^    "([a-z_]+)",$', checks.read_text(encoding="utf-8"), re.MULTILINE)
    insert(checks, recipe["coursepkg/check/__init__.py"], "from .perceptron")
    insert(checks, '    "parabola_slope",\n', f'    "{min(name for name in exported if name > "parabola_slope")}"')

    # The chapter alone, so that the build need not make the others again.
    chapter = recipe["_toc.yml"].removeprefix("- file: ").strip()
    (folder / "_toc.yml").write_text(f"format: jb-book\nroot: {chapter}\n")
    cells = [new_markdown_cell("# The parabola"), new_code_cell(recipe["book/09_parabola.ipynb"].strip())]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), folder / "book/09_parabola.ipynb")

    answer, tests = ("Autograded answer", "Autograder tests")
    cells = [
        new_markdown_cell("# Exercises 9"),
        *(
            new_code_cell(
                recipe[f"solutions/09_parabola.ipynb, {kind}"].strip(), metadata=nbgrader(name, kind == answer)
            )
            for kind, name in ((answer, "slope"), (tests, "slope-check"))
        ),
    ]
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), folder / "solutions/09_parabola.ipynb")
    made = copy.make("exercises")
    assert made.returncode == 0, made.stderr
    copy.run("git", "add", "--all")
    return copy


def test_every_block_with_a_file_is_part_of_a_recipe():
    assert len(recipes()) == 8


def test_what_the_recipes_wrote_passes_the_linter(course):
    written = course.run("git", "ls-files", "*parabola*", "coursepkg/check/__init__.py", "_toc.yml").stdout.split()
    assert {f"{folder}/09_parabola.ipynb" for folder in ("book", "solutions", "exercises")} < set(written)
    linted = course.run(".venv/bin/pre-commit", "run", "--files", *written)
    assert linted.returncode == 0, linted.stdout


def test_the_explorable_and_its_chapter_become_a_page(course):
    built = course.make("book", "RUNTIME=")
    assert built.returncode == 0, built.stdout[-4000:] + built.stderr[-4000:]
    assert "explorable slope: 9 states" in built.stdout
    page = (course.folder / "_build/html/book/09_parabola.html").read_text(encoding="utf-8")
    assert 'id="xp-slope"' in page
    assert "At x = -2 the slope is -4." in page


def test_the_exercise_is_generated_without_its_solution(course):
    blank = nbformat.read(course.folder / "exercises/09_parabola.ipynb", 4)
    source = "\n".join(cell.source for cell in blank.cells)
    assert "return 2 * x" not in source
    assert "raise NotImplementedError" in source
    assert "check.parabola_slope(slope)" in source


def test_the_new_notebooks_pass(course):
    names = [f"{folder}/09_parabola.ipynb" for folder in ("book", "solutions", "exercises")]
    tested = course.run(".venv/bin/pytest", "-q", "-p", "no:cacheprovider", *names)
    assert tested.returncode == 0, tested.stdout[-4000:]


@pytest.mark.parametrize(
    ("answer", "outcome", "said"),
    [
        ("2 * x", "right", "The slope of x² is 2x"),
        ("x * x", "not yet", "That is x² itself"),
        ("x", "not yet", "Begin with this: Move x by a little h"),
    ],
)
def test_the_judge_says_what_the_recipe_has_it_say(course, answer, outcome, said):
    ran = course.run(".venv/bin/python", "-c", f"from coursepkg import check; check.parabola_slope(lambda x: {answer})")
    assert f"parabola_slope: {outcome}" in ran.stdout, ran.stderr
    assert said in ran.stdout


def test_commands_are_targets_or_programs():
    commands = re.findall(r"^```sh\n(.*?)^```", CONTRIBUTING, re.MULTILINE | re.DOTALL)[0].splitlines()
    named = [command.split("#")[0].split() for command in commands]
    named += [command.split() for command in re.findall(r"`(make [^`]*)`", CONTRIBUTING)]
    makefile = (ROOT / "Makefile").read_text()
    for program, first, *_ in named:
        if program == "make":
            assert re.search(rf"^{first}:", makefile, re.MULTILINE), first
        elif program == ".venv/bin/pytest":
            assert (ROOT / first).exists()
        else:
            assert (program, first) == (".venv/bin/pre-commit", "install")
