"""One HTML file for a scene: whole, themed by its address, alive in a frame without rights; wrong calls are told."""

import subprocess
import sys

import pytest

from coursepkg.explorable import __main__ as command
from coursepkg.explorable import write_html
from tests.explorable import scenes_for_tests as scenes

MODULE = "tests.explorable.scenes_for_tests"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the file of a scene, and a page that frames it."""
    place = tmp_path_factory.mktemp("standalone")
    write_html(scenes.point, place / "point.html")
    frame = '<iframe src="point.html?theme=dark#point:x0=0.5,y0=10" sandbox="allow-scripts" width="600" height="700">'
    (place / "slide.html").write_text(f"<!doctype html><title>A slide</title>{frame}</iframe>")
    return place


def test_the_file_needs_no_other(folder, chromium):
    tab = chromium.new_page()
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto((folder / "point.html").as_uri())
    tab.locator("figure.explorable[data-ready]").wait_for()
    tab.locator("[data-control=x0]").press("End")
    tab.get_by_text("The point is at (1.0, 0.01).").wait_for()
    tab.wait_for_function("location.hash === '#point:x0=1,y0=0.01'")
    assert [url for url in asked if not url.startswith("data:")] == [(folder / "point.html").as_uri()]
    assert said == []
    tab.close()


GROUND = "() => getComputedStyle(document.body).backgroundColor"


def test_its_address_chooses_the_theme_and_else_the_readers_system(folder, chromium):
    grounds = {}
    for system in ("light", "dark"):
        for theme in ("", "?theme=light", "?theme=dark"):
            tab = chromium.new_page(color_scheme=system)
            tab.goto((folder / "point.html").as_uri() + theme)
            grounds[system, theme[7:]] = tab.evaluate(GROUND)
            tab.close()
    light, dark = "rgb(255, 255, 255)", "rgb(20, 24, 30)"
    assert {grounds["light", ""], grounds["light", "light"], grounds["dark", "light"]} == {light}
    assert {grounds["dark", ""], grounds["dark", "dark"], grounds["light", "dark"]} == {dark}


def test_it_lives_in_a_frame_that_has_no_rights_but_scripts(folder, chromium):
    tab = chromium.new_page()
    said = []
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto((folder / "slide.html").as_uri())
    frame = tab.frame_locator("iframe")
    frame.get_by_text("The point is at (0.5, 10).").wait_for()
    assert frame.locator("body").evaluate("b => getComputedStyle(b).backgroundColor") == "rgb(20, 24, 30)"
    frame.locator("[data-control=x0]").press("Home")
    frame.get_by_text("The point is at (-1.0, 10).").wait_for()
    frame.locator("[data-copy=link]").click()  # it may not write to the clipboard: the reader can
    held = frame.locator("input.held")
    held.wait_for()
    assert held.input_value().endswith("point.html?theme=dark#point:x0=-1,y0=10")
    assert said == []
    tab.close()


def test_a_link_and_an_embedding_are_copied_at_the_present_state(folder, chromium):
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.goto((folder / "point.html").as_uri())
    tab.locator("figure.explorable[data-ready]").wait_for()
    tab.locator("[data-control=x0]").press("End")
    copied = {}
    for what in ("link", "embed"):
        button = tab.locator(f"[data-copy={what}]")
        label = button.inner_text()
        button.click()
        tab.get_by_role("button", name="Copied").wait_for()
        copied[what] = tab.evaluate("navigator.clipboard.readText()")
        tab.get_by_role("button", name=label).wait_for()
    address = (folder / "point.html").as_uri() + "#point:x0=1,y0=0.01"
    assert copied["link"] == address
    assert copied["embed"].startswith(f'<iframe src="{address}" title="Point" width="100%"')
    (folder / "again.html").write_text("<!doctype html>" + copied["embed"])
    tab.goto((folder / "again.html").as_uri())
    tab.frame_locator("iframe").get_by_text("The point is at (1.0, 0.01).").wait_for()
    context.close()


def test_the_command_writes_the_same_file(folder, tmp_path):
    command.main([f"{MODULE}:point", "-o", str(tmp_path / "point.html")])
    assert (tmp_path / "point.html").read_bytes() == (folder / "point.html").read_bytes()


@pytest.mark.parametrize(
    ("asked", "words", "status"),
    [
        (f"{MODULE}:poin", f"must name a scene, as {MODULE}:wave; 'poin' of {MODULE} is None", 2),
        (MODULE, "must name a scene", 2),
        ("no.such.module:wave", "names no module: No module named 'no'", 2),
        (f"{MODULE}:raises", "scene 'raises' at a=3: update raised ZeroDivisionError", 1),
    ],
)
def test_the_command_says_in_a_line_what_is_wrong(asked, words, status, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        command.main([asked, "-o", str(tmp_path / "x.html")])
    assert end.value.code == status
    assert words in capsys.readouterr().err
    assert not (tmp_path / "x.html").exists()


def test_it_is_run_by_pythons_m_and_needs_no_sphinx(tmp_path):
    block = "import sys, runpy; sys.modules |= dict.fromkeys(('ipywidgets', 'sphinx', 'docutils', 'myst_nb')); "
    program = f"sys.argv = ['', '{MODULE}:edge', '-o', 'edge.html']; sys.path[:0] = {sys.path!r}; "
    program = block + program + "runpy.run_module('coursepkg.explorable', run_name='__main__')"
    run = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert "<title>Edge</title>" in (tmp_path / "edge.html").read_text(encoding="utf-8")


def test_only_a_scene_is_written(tmp_path):
    with pytest.raises(TypeError, match="write_html: needs a scene"):
        write_html(lambda fig: None, tmp_path / "x.html")
