"""The pages on sliders for another book: their code runs as it stands, and what they say of the library is so."""

import re
import subprocess
import sys

import pytest
import yaml

from coursepkg.explorable import style
from coursepkg.explorable.controls import Choice, Slider
from tests.conftest import ROOT

PAGES = ROOT / "book" / "sliders"


def blocks(page: str) -> dict[str, str]:
    """The blocks of a page that name their file in their first line."""
    text = (PAGES / page).read_text(encoding="utf-8")
    return dict(re.findall(r"```\w+\n(?:# )(\S+)\n(.*?)```", text, flags=re.DOTALL))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files of the first page and of the last, as a reader would save them."""
    made = tmp_path_factory.mktemp("ripples")
    for name, text in (blocks("first.md") | blocks("publish.md")).items():
        (made / name).write_text(text, encoding="utf-8")
    return made


def test_the_configuration_names_the_extension_and_the_contents_the_page(folder):
    config = yaml.safe_load((folder / "_config.yml").read_text())
    assert config["sphinx"] == {"extra_extensions": ["coursepkg.explorable.sphinx"]}
    assert yaml.safe_load((folder / "_toc.yml").read_text()) == {"format": "jb-book", "root": "waves"}
    assert "Save it as `waves.md`" in (PAGES / "first.md").read_text(encoding="utf-8")


def test_the_scene_compiles_and_its_tests_pass(folder):
    program = (
        "from coursepkg.explorable.static import compiled\nfrom ripples import wave\nprint(len(compiled(wave).scene))"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True)
    assert run.stdout == "5\n", run.stderr
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_ripples.py"]
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def test_the_command_line_writes_one_file(folder):
    command = [sys.executable, "-m", "coursepkg.explorable", "ripples:wave", "-o", "wave.html"]
    assert " ".join(["python", *command[1:]]) in (PAGES / "publish.md").read_text(encoding="utf-8")
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "<figure" in (folder / "wave.html").read_text(encoding="utf-8")


def test_the_controls_of_the_contract_are_as_it_says():
    (code,) = re.findall(r"```python\n(Slider.*?)```", (PAGES / "contract.md").read_text(encoding="utf-8"), re.DOTALL)
    slider, angle, whole, numbers, between, words = (eval(line.split("#")[0]) for line in code.strip().splitlines())
    assert isinstance(slider, Slider)
    assert angle.texts[-1] == "90°"
    assert (slider.whole, whole.whole) == (False, True)
    assert isinstance(numbers, Choice)
    assert (numbers.between, between.between) == (False, True)
    assert (numbers.numeric, words.numeric) == (True, False)


def test_the_inks_and_the_size_of_words_are_as_the_page_says():
    text = (PAGES / "drawing.md").read_text(encoding="utf-8")
    for name in ("INK", "FAINT", "PAPER", "BLUE", "VERMILLION", "GREEN", "ORANGE", "PURPLE"):
        assert f"`{name}`" in text
        assert hasattr(style, name)
    assert f"{style.TEXT} points" in text
