"""requirements.lock and Binder's pins are what pyproject.toml allows, whole, hashed and free of addresses."""

import re
import tomllib
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "requirements.lock"
BINDER = ROOT / "binder"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def pins(path: Path) -> dict[str, Requirement]:
    """The pinned requirements of a file by name, hashes left out."""
    lines = [line.removesuffix("\\").strip() for line in path.read_text().splitlines()]
    found = [Requirement(line) for line in lines if line and not line.startswith("--hash")]
    names = [canonicalize_name(pin.name) for pin in found]
    assert len(set(names)) == len(names), "a package has one version, whatever the Python"
    return dict(zip(names, found, strict=True))


def wanted(*extras: str) -> list[Requirement]:
    """What pyproject.toml asks for, with extras of the course itself unfolded."""
    lines = list(PROJECT["dependencies"])
    for extra in extras:
        lines += PROJECT["optional-dependencies"][extra]
    found = []
    for requirement in map(Requirement, lines):
        own = requirement.name == PROJECT["name"]
        found += wanted(*requirement.extras) if own else [requirement]
    return found


def holds(pin: Requirement, requirement: Requirement) -> bool:
    (version,) = (specifier.version for specifier in pin.specifier)
    return requirement.specifier.contains(version, prereleases=True)


@pytest.mark.parametrize("path", [LOCK, *sorted(BINDER.iterdir())], ids=lambda path: path.name)
def test_no_address(path):
    assert "://" not in path.read_text()
    assert not re.search(r"^(--index|--extra-index|--find-links|-i |-f )", path.read_text(), re.MULTILINE)


def test_every_pin_is_exact_and_hashed():
    blocks = re.split(r"\n(?=\S)", LOCK.read_text().strip())
    assert len(blocks) > 100
    for block in blocks:
        assert re.match(r"[\w.-]+(\[[\w,]+\])?==\S+", block), block
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block


@pytest.mark.parametrize("extra", ["book", "instructor", "test"])
def test_the_lock_is_within_the_ranges(extra):
    locked = pins(LOCK)
    for requirement in wanted(extra):
        assert holds(locked[canonicalize_name(requirement.name)], requirement), requirement


def test_the_lock_holds_the_build_backend():
    build = tomllib.loads((ROOT / "pyproject.toml").read_text())["build-system"]["requires"]
    for requirement in map(Requirement, build):
        assert holds(pins(LOCK)[requirement.name], requirement), requirement


def test_pytorch_stays_out_of_the_lock():
    assert "torch" not in pins(LOCK)


def test_nothing_keeps_the_course_out_of_colab():
    """Colab's own versions are within the ranges, and numpy has no upper bound."""
    colab = pins_of_colab()
    for requirement in wanted():
        assert holds(colab[requirement.name], requirement), requirement
        assert all(specifier.operator == ">=" for specifier in requirement.specifier), requirement


def pins_of_colab() -> dict[str, Requirement]:
    lines = (Path(__file__).with_name("colab.txt")).read_text().splitlines()
    return {pin.name: pin for pin in map(Requirement, filter(lambda line: line[0] != "#", lines))}


def test_binder_installs_the_course_with_pins():
    assert (BINDER / "requirements.txt").read_text() == "-c pins.txt\n-e .\n"
    version = re.fullmatch(r"python-(3\.\d+)\n", (BINDER / "runtime.txt").read_text())[1]
    assert f"Programming Language :: Python :: {version}" in PROJECT["classifiers"]


def test_binders_pins_are_the_locks():
    """The same versions as the lock's, and all that the course needs: its dependencies' dependencies too."""
    locked, pinned = pins(LOCK), pins(BINDER / "pins.txt")
    for name, pin in pinned.items():
        assert str(pin.specifier) == str(locked[name].specifier), name
    needed, queue = set(), wanted()
    while queue:
        requirement = queue.pop()
        name = canonicalize_name(requirement.name)
        if name not in needed and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
            needed.add(name)
            queue += map(Requirement, requires(name) or [])
    assert needed <= set(pinned)


def test_binder_leaves_jupyterlab_to_its_image():
    assert "jupyterlab" not in pins(BINDER / "pins.txt")
    assert "ipykernel" not in pins(BINDER / "pins.txt")
