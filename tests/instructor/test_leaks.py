"""No solution is published: not in the exercises, not in the wheel; and a planted one is found wherever it hides."""

import ast
import base64
import gzip
import html
import io
import json
import lzma
import re
import subprocess
import tarfile
import textwrap
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tools import leaks

ROOT = Path(__file__).parents[2]
SOLUTION = ROOT / "solutions" / "01_perceptron.ipynb"
CELLS = {cell["id"]: "".join(cell["source"]) for cell in json.loads(SOLUTION.read_text(encoding="utf-8"))["cells"]}
SECRETS = [
    name
    for name, source in CELLS.items()
    if "BEGIN SOLUTION" in source or "BEGIN HIDDEN" in source or name == "xor-why"
]


@pytest.fixture(scope="module")
def prints():
    return leaks.fingerprints()


def secret(cell):
    """The text of a cell that must not be published."""
    match = leaks.REGION.search(CELLS[cell] + "\n")
    return match.group(2) if match else CELLS[cell]


def coloured(code):
    """Code as a page shows it: escaped, with a span around every word."""
    return "<pre>" + re.sub(r"(\w+)", r'<span class="n">\1</span>', html.escape(code)) + "</pre>"


CARRIERS = {
    "page.html": coloured,
    "notebook.ipynb": lambda text: json.dumps({"cells": [{"source": text.splitlines(keepends=True)}]}),
    "index.js": lambda text: f"index.set({json.dumps(text)})",
    "module.py": lambda text: f'"""Notes.\n\n{text}"""\n',
}


def test_nothing_that_is_committed_holds_a_solution_but_the_solutions_and_the_tests_of_the_checks(prints):
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in listed.split("\0") if name and not name.startswith(("solutions/", "tests/"))]
    assert {"binder", "book", "coursepkg", "exercises", "web"} <= {path.relative_to(ROOT).parts[0] for path in paths}
    assert [leak for path in paths if path.exists() for leak in leaks.scan(path, prints)] == []


def test_the_wheel_holds_the_package_and_no_solution(wheel, prints):
    names = zipfile.ZipFile(wheel).namelist()
    assert "coursepkg/check/perceptron/gates.py" in names
    assert {name.split("/")[0].split("-")[0] for name in names} == {"coursepkg"}
    assert not [name for name in names if name.endswith(".ipynb")]
    assert leaks.scan(wheel, prints) == []


def test_every_solution_and_hidden_test_can_be_recognised(prints):
    wanted = set()
    for path in (ROOT / "solutions").glob("*.ipynb"):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            text = cell["cell_type"] == "markdown" and cell["metadata"].get("nbgrader", {}).get("solution")
            if text or re.search("BEGIN (SOLUTION|HIDDEN TESTS)", "".join(cell["source"])):
                wanted.add((path.name, cell["id"]))
    assert {(path.name, name) for path in [SOLUTION] for name in SECRETS} <= wanted
    assert {re.match(r"(\S+), cell (\S+):", origin).groups() for origin in prints.values()} == wanted


@pytest.mark.parametrize("carrier", CARRIERS)
@pytest.mark.parametrize("cell", SECRETS)
def test_a_planted_solution_is_found(tmp_path, cell, carrier, prints):
    (tmp_path / "site").mkdir()
    planted = tmp_path / "site" / carrier
    planted.write_text(CARRIERS[carrier](secret(cell)), encoding="utf-8")
    found = leaks.scan(tmp_path, prints)
    assert found
    assert all(f"site/{carrier} holds 01_perceptron.ipynb, cell {cell}:" in leak for leak in found)


def disguised(code):
    """The code without its comments, and with other names, as the body of another function."""
    tree = ast.parse(textwrap.dedent(code))
    stored = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in stored:
            node.id = f"other_{sorted(stored).index(node.id)}"
    return "def another(*args):\n" + textwrap.indent(ast.unparse(tree), "  ") + "\n"


def in_npz(text):
    file = io.BytesIO()
    np.savez_compressed(file, notes=np.array(text), more=np.array([text], dtype=object))
    return file.getvalue()


def in_tar(text):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w:gz") as archive:
        member = tarfile.TarInfo("notes.txt")
        member.size = len(text.encode())
        archive.addfile(member, io.BytesIO(text.encode()))
    return file.getvalue()


def in_base64(text):
    return b"data = '" + base64.b64encode(text.encode()) + b"'"


PACKED = {
    "data.npz": in_npz,
    "notes.txt.gz": lambda text: gzip.compress(text.encode()),
    "notes.xz": lambda text: lzma.compress(text.encode()),
    "notes.tgz": in_tar,
    "page.js": in_base64,
    "lines.txt": lambda text: base64.encodebytes(gzip.compress(text.encode())),
    "url.html": lambda text: base64.urlsafe_b64encode(text.encode()),
    "wide.bin": lambda text: text.encode("utf-16"),
}
BODIES = ("rule-answer", "count-answer", "draw-answer", "nand-answer", "xor-answer", "eta-answer")


@pytest.mark.parametrize("pack", PACKED)
def test_a_packed_solution_is_found(tmp_path, pack, prints):
    (tmp_path / "binder").mkdir()
    (tmp_path / "binder" / pack).write_bytes(PACKED[pack](secret("rule-answer")))
    assert "cell rule-answer" in " ".join(leaks.scan(tmp_path, prints))


@pytest.mark.parametrize("cell", BODIES)
def test_other_names_and_no_comments_hide_nothing(tmp_path, cell, prints):
    code = disguised(secret(cell))
    carriers = CARRIERS | {
        "code.py": str,
        "notes.md": lambda text: f"Look:\n\n```python\n{text}```\n",
        "indented.md": lambda text: f"Look:\n\n{textwrap.indent(text, '    ')}\nThere.\n",
        "code.py.gz": str,
    }
    for carrier, carry in carriers.items():
        if carrier != "index.js":  # a search index has words, and no code
            planted = tmp_path / carrier
            data = carry(code).encode()
            planted.write_bytes(gzip.compress(data) if carrier.endswith(".gz") else data)
            assert f"cell {cell}:" in " ".join(leaks.scan(planted, prints)), carrier


def test_what_only_begins_like_an_archive_is_read_as_it_is(tmp_path, prints):
    (tmp_path / "torn.gz").write_bytes(gzip.compress(b"x" * 1000)[:20])
    (tmp_path / "torn.zip").write_bytes(b"PK\x03\x04 no archive")
    (tmp_path / "long.txt").write_text("A" * 1001)
    assert leaks.scan(tmp_path, prints) == []


def test_a_solution_in_a_wheel_in_a_folder_is_found(tmp_path, prints):
    with zipfile.ZipFile(tmp_path / "course-1.whl", "w") as archive:
        archive.writestr("coursepkg/answers.py", secret("count-answer"))
    assert "course-1.whl!coursepkg/answers.py holds" in leaks.scan(tmp_path, prints)[0]


def test_a_single_line_is_enough(tmp_path, prints):
    (tmp_path / "page.html").write_text("<p>columns = ([number >> row & 1 for row in range(rows)] for number in "
                                        "range(2**rows))</p>")  # fmt: skip
    assert leaks.scan(tmp_path, prints)


def test_a_solution_too_short_to_be_recognised_is_refused(tmp_path):
    cell = {"id": "tiny", "cell_type": "code", "source": "### BEGIN SOLUTION\nreturn 1\n### END SOLUTION\n"}
    cell["metadata"] = {"nbgrader": {"solution": True}}
    (tmp_path / "01_tiny.ipynb").write_text(json.dumps({"cells": [cell]}))
    with pytest.raises(ValueError, match=r"01_tiny\.ipynb, cell tiny: too short"):
        leaks.fingerprints(tmp_path)


def test_a_place_that_is_not_there_is_no_clean_place(tmp_path, prints):
    with pytest.raises(FileNotFoundError, match="does not exist"):
        leaks.scan(tmp_path / "site", prints)


def test_the_command_exits_with_an_error_if_it_finds_one(tmp_path, capsys):
    assert leaks.main([str(ROOT / "exercises")]) == 0
    (tmp_path / "notes.txt").write_text(secret("rule-answer"), encoding="utf-8")
    assert leaks.main([str(tmp_path)]) == 1
    assert "notes.txt holds 01_perceptron.ipynb, cell rule-answer" in capsys.readouterr().out
