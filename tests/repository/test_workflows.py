"""GitHub's workflows: valid, with the least permissions, with pinned actions, and running what make runs."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def check_schema(schema: str, *paths: Path) -> None:
    """Validate files against a schema that check-jsonschema carries: nothing is fetched."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, *paths]
    run = subprocess.run(command, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


def jobs(path: Path) -> list[dict]:
    return list(yaml.safe_load(path.read_text())["jobs"].values())


def steps(path: Path) -> list[dict]:
    return [step for job in jobs(path) for step in job["steps"]]


def commands(path: Path) -> list[str]:
    return [line for step in steps(path) for line in step.get("run", "").splitlines()]


def test_the_workflows_are_there():
    assert [path.stem for path in WORKFLOWS] == ["colab", "pages", "test", "weekly"]


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_the_workflows_are_valid(schema):
    check_schema(schema, *WORKFLOWS)


def test_a_broken_workflow_is_found(tmp_path):
    broken = tmp_path / "broken.yml"
    broken.write_text(WORKFLOWS[0].read_text().replace("runs-on:", "run-on:"))
    with pytest.raises(AssertionError, match="runs-on"):
        check_schema("vendor.github-workflows", broken)


def test_dependabot_and_the_citation_are_valid():
    check_schema("vendor.dependabot", ROOT / ".github" / "dependabot.yml")
    check_schema("vendor.citation-file-format", ROOT / "CITATION.cff")


@each_workflow
def test_permissions_are_the_least(path):
    """Reading alone; more only in the one job that publishes."""
    assert yaml.safe_load(path.read_text())["permissions"] == {"contents": "read"}
    more = [job["permissions"] for job in jobs(path) if "permissions" in job]
    assert more == ([{"pages": "write", "id-token": "write"}] if path.stem == "pages" else [])


@each_workflow
def test_actions_are_githubs_own_and_pinned_to_a_major_version(path):
    for step in steps(path):
        if "uses" in step:
            assert re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])


@each_workflow
def test_commands_are_targets_of_make_or_programs_of_the_environment(path):
    assert commands(path) or path.stem == "pages"
    for command in commands(path):
        program, first, *_ = command.split()
        if program == "make":
            dry = subprocess.run(
                ["make", "--dry-run", "--old-file=.venv/installed", first],
                cwd=ROOT,
                capture_output=True,
                text=True,
            )
            assert dry.returncode == 0, dry.stderr
        else:
            assert program == ".venv/bin/pytest"
            assert (ROOT / first).exists()


def test_the_tests_run_on_every_python_of_pyproject():
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    (job,) = jobs(ROOT / ".github" / "workflows" / "test.yml")
    assert job["strategy"]["matrix"]["python"] == supported


def test_colabs_workflow_has_colabs_python():
    assert {"python-version": "3.13"}.items() <= steps(ROOT / ".github/workflows/colab.yml")[1]["with"].items()


def test_the_weekly_build_is_cold():
    assert all("cache" not in step.get("with", {}) for step in steps(ROOT / ".github/workflows/weekly.yml"))
    assert "make lock UPGRADE=--upgrade" in commands(ROOT / ".github/workflows/weekly.yml")
