"""`make bench`: every part runs, without PyTorch too; a missed bar is an error; the README's table is what it wrote."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import benchmarks
from benchmarks import audit, live, moves, report, run, squares
from benchmarks.__main__ import main
from benchmarks.report import Row
from tests.conftest import outside_make
from tools import pyodide

ROOT = Path(__file__).parents[2]
TABLE = r"^\| ([^|]+) \| ([^|]+) \| ([^|]+) \|( \*\*missed\*\*)?$"


def table(text: str) -> dict[str, tuple[str, str]]:
    """What was found and the bar, by measure, of every row of three cells."""
    return {measure: (found, bar) for measure, found, bar, _ in re.findall(TABLE, text, re.MULTILINE)}


README = table((ROOT / "README.md").read_text(encoding="utf-8").split("## Benchmarks")[1])


@pytest.fixture(scope="module")
def tiny(site) -> str:
    """What one short round of everything prints, run as `make bench` runs it."""
    command = [sys.executable, "-m", "benchmarks", "--tiny"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


@pytest.mark.parametrize("part", benchmarks.PARTS)
def test_every_part_runs_and_says_how_long_it_took(tiny, part):
    assert re.search(rf"^## {part}: \S", tiny, re.MULTILINE)
    assert re.search(rf"^\({part} took \d+ s\)$", tiny, re.MULTILINE)


def test_rivals_end_at_the_same_loss(tiny):
    rows = {measure: row for measure, row in table(tiny).items() if "spread of the losses" in measure}
    assert len(rows) >= 4
    assert all(float(found) <= float(bar) for found, bar in rows.values()), rows


def test_the_readmes_measures_are_the_benchmarks_own_with_their_bars(tiny):
    measured = table(tiny)
    of_all_pages = "heaviest page, first visit, compressed"  # not in a tiny round
    assert len(README) == 11  # with the table's head
    left_out = {of_all_pages, *([run.SHARE, run.WIRE, moves.MOVE] if pyodide.left_out() else [])}
    for measure, (_, bar) in README.items():
        assert measure in left_out or measured[measure][1] == bar


def test_the_readmes_size_of_chapter_1_is_not_stale(tiny):
    name = "chapter page, first visit, compressed"
    found, stated = (float(rows[name][0].removesuffix(" KB")) for rows in (table(tiny), README))
    assert stated == pytest.approx(found, rel=0.1)


def test_no_budget_is_beyond_what_the_readme_says():
    assert {scene.budget for scene in live.every_scene() if scene.budget > 200 or scene.budget < 150} == set()


def test_every_module_is_a_part_or_serves_one():
    modules = {path.stem for path in Path(benchmarks.__file__).parent.glob("*.py")}
    assert modules == {*benchmarks.PARTS, "__init__", "__main__", "report", "peers", "scalars"}


@pytest.mark.parametrize(("found", "status"), [(0.5, 0), (0.5004, 0), (0.51, 1)])
def test_a_missed_bar_is_an_error(monkeypatch, capsys, found, status):
    monkeypatch.setattr(squares, "main", lambda size: [Row("a share", (0.1, found), 0.5)])
    assert main(["squares"]) == status
    printed = capsys.readouterr().out
    assert ("**missed**" in printed, "Missed: a share" in printed) == (bool(status), bool(status))
    assert main(["squares", "--tiny"]) == 0


def test_an_unknown_part_is_refused_with_the_known_ones(capsys):
    with pytest.raises(SystemExit) as refused:
        main(["scalars"])
    assert refused.value.code == 2
    assert "there are engine, squares, live, page, slider, run" in capsys.readouterr().err


def test_what_was_found_is_written_into_its_row_of_the_readme(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(
        "Text.\n\n| measure | found | bar |\n|---|---|---|\n| a page | 1 KB | 1,300 KB |\n| b | 1 | 2 |\n"
    )
    rows = [Row("a page", (1234.4,), 1300, "KB"), Row("unknown", (1.0,), 2)]
    assert report.write(rows, readme) == ["a page"]
    assert "\n| a page | 1,234 KB | 1,300 KB |\n| b | 1 | 2 |\n" in readme.read_text()


def test_a_row_shows_the_range_that_it_found():
    assert str(Row("keys", (9.46, 15.84, 12.0), 16.7, "ms")) == "| keys | 9.5–15.8 ms | 16.7 ms |"
    assert str(Row("share", (0.25,), 0.3)) == "| share | 0.25 | 0.3 |"


@pytest.mark.parametrize(
    ("given", "options"), [([], ""), (["FULL=1"], " --full"), (["WRITE=1"], " --write"), (["TORCH="], "")]
)
def test_make_bench_passes_its_options_on(given, options):
    command = ["make", "--dry-run", "--old-file=.venv/installed", "bench", *given]
    dry = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=outside_make())
    assert " ".join(dry.stdout.splitlines()[-1].split()) == f".venv/bin/python -m benchmarks{options}"
    assert ("pip install" in dry.stdout) == ("TORCH=" not in given)


def test_of_lighthouses_reports_the_one_in_the_middle_counts():
    def said(score: float, paint: float) -> dict:
        scores = {key: {"score": 1.0} for key in audit.LACK} | {"performance": {"score": score}}
        paints = {"largest-contentful-paint": paint, "cumulative-layout-shift": 0.001}
        return {"categories": scores, "audits": {name: {"numericValue": value} for name, value in paints.items()}}

    found = {"a": [said(0.2, 9000), said(0.97, 1500), said(0.96, 1600)], "b": [said(0.95, 1800)]}
    rows = {row.measure: row for row in audit.rows(found)}
    assert all(row.holds for row in rows.values())
    assert [str(row) for row in rows.values()][::4] == [
        "| Lighthouse, mobile: points short of 100 in performance | 4–5 | 5 |",
        "| Lighthouse, mobile: largest contentful paint | 1,600–1,800 ms | 1,800 ms |",
    ]
    found["b"] = [said(0.94, 1801)]
    assert [row.holds for row in audit.rows(found)] == [False, True, True, True, False, True]


def test_lighthouse_is_fetched_only_where_it_is_asked_for(monkeypatch, tmp_path):
    monkeypatch.setattr(audit, "FOLDER", tmp_path / "audit")
    assert not audit.fetched(bring=False)
    monkeypatch.setattr(audit.shutil, "which", lambda name: None)
    assert not audit.fetched(bring=True)
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "lock").write_bytes((audit.LISTS / "package-lock.json").read_bytes())
    assert audit.fetched(bring=False)
