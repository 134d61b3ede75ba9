"""GitHub's workflows: valid, with the least permissions, with pinned actions, and running what make runs."""

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from check_jsonschema import main
from click.testing import CliRunner

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)


def check_schema(schema: str, *paths: Path) -> None:
    """Validate files against a schema that check-jsonschema carries: nothing is fetched."""
    run = CliRunner().invoke(main, ["--builtin-schema", schema, *map(str, paths)])
    assert run.exit_code == 0, run.output


def jobs(path: Path) -> list[dict]:
    return list(yaml.safe_load(path.read_text())["jobs"].values())


def steps(path: Path) -> list[dict]:
    return [step for job in jobs(path) for step in job["steps"]]


def commands(path: Path) -> list[str]:
    return [line for step in steps(path) for line in step.get("run", "").splitlines()]


def test_the_workflows_are_there():
    assert [path.stem for path in WORKFLOWS] == ["colab", "pages", "platforms", "preview", "test", "weekly"]


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
    assert commands(path)
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
        elif path.stem != "platforms":
            assert program == ".venv/bin/pytest"
            assert (ROOT / first).exists()


def test_windows_types_the_readmes_lines():
    """The three that install, and those of each target that ends by itself, but for the benchmarks."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    install = re.search(r"```powershell\n(.*?)```", readme, re.DOTALL)[1].splitlines()
    rows = dict(re.findall(r"^\| `make (\w+)` \| (.*) \|$", readme, re.MULTILINE))
    targets = ["book", "exercises", "repository", "lint", "test"]
    assert set(rows) - set(targets) == {"pdf", "links", "serve", "lab", "bench"}
    lines = [line for target in targets for line in re.findall(r"`([^`]+)`", rows[target])]
    job = yaml.safe_load((ROOT / ".github/workflows/platforms.yml").read_text(encoding="utf-8"))["jobs"]["windows"]
    assert [step["run"] for step in job["steps"] if "run" in step] == [*install, *lines]


def test_macos_types_the_readmes_first_lines():
    job = yaml.safe_load((ROOT / ".github/workflows/platforms.yml").read_text(encoding="utf-8"))["jobs"]["macos"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    first = re.search(r"```sh\n(.*?)```", readme, re.DOTALL)[1].splitlines()
    typed = [step["run"] for step in job["steps"] if "run" in step]
    assert typed[: len(first)] == [line.split("#")[0].strip() for line in first]


def test_nothing_is_published_before_its_tests_have_passed():
    """The site is built, at the tests' own commit, only where the workflow of the tests ended well on main."""
    path = ROOT / ".github" / "workflows" / "pages.yml"
    pages = yaml.safe_load(path.read_text())
    trigger = {"workflows": ["test"], "types": ["completed"], "branches": ["main"]}
    assert pages[True] == {"workflow_run": trigger}  # YAML takes `on` for a truth
    build, deploy = pages["jobs"]["build"], pages["jobs"]["deploy"]
    assert "github.event.workflow_run.conclusion == 'success'" in build["if"]
    assert build["steps"][0]["with"]["ref"] == "${{ github.event.workflow_run.head_sha }}"
    assert deploy["needs"] == "build"
    assert yaml.safe_load((path.with_name("test.yml")).read_text())["name"] in trigger["workflows"]


def test_the_tests_run_on_every_python_of_pyproject():
    supported = re.findall(r"Python :: (3\.\d+)", (ROOT / "pyproject.toml").read_text())
    (job,) = jobs(ROOT / ".github" / "workflows" / "test.yml")
    assert job["strategy"]["matrix"]["python"] == supported


def test_colabs_workflow_has_colabs_python():
    assert {"python-version": "3.13"}.items() <= steps(ROOT / ".github/workflows/colab.yml")[1]["with"].items()


def test_the_weekly_build_is_cold():
    assert all("cache" not in step.get("with", {}) for step in steps(ROOT / ".github/workflows/weekly.yml"))
    assert "make lock UPGRADE=--upgrade" in commands(ROOT / ".github/workflows/weekly.yml")
