"""A live slider in a real JupyterLab: a key press in the browser, an engine's answer in the picture."""

import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

CODE = """from coursepkg import explore
from coursepkg.scenes import perceptron

explore(perceptron.nudge)
"""
NOTEBOOK = {
    "cells": [
        {
            "id": "explore",
            "cell_type": "code",
            "source": CODE,
            "metadata": {},
            "outputs": [],
            "execution_count": None,
        }
    ],
    "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
    "nbformat": 4,
    "nbformat_minor": 5,
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab in a folder of its own that holds one notebook, `nudge.ipynb`."""
    work = tmp_path / "work"
    work.mkdir()
    (work / "nudge.ipynb").write_text(json.dumps(NOTEBOOK))
    # Whatever this machine's user has configured stays out of it.
    homes = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR", "MPLCONFIGDIR")
    homes = {name: str(tmp_path / name.lower()) for name in (*homes, "JUPYTERLAB_SETTINGS_DIR")}
    environment = {k: v for k, v in os.environ.items() if k != "EXPLORABLE"} | homes
    port = free_port()
    command = [sys.executable, "-m", "jupyter", "lab", str(work), "--no-browser", "--allow-root", "--ip=127.0.0.1"]
    command += [
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--IdentityProvider.token=",
        "--LabApp.news_url=",
    ]
    command += [f"--LabApp.workspaces_dir={tmp_path / 'workspaces'}", "--LabApp.extension_manager=readonly"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=work)
    reader = threading.Thread(target=server.stderr.read, daemon=True)  # a full pipe would stop the server
    said = []
    try:
        for line in server.stderr:
            said.append(line)
            if f"http://127.0.0.1:{port}/lab" in line:
                break
        else:
            pytest.fail(f"JupyterLab did not start:\n{''.join(said)}", pytrace=False)
        reader.start()
        yield f"http://127.0.0.1:{port}/lab/tree/nudge.ipynb"
    finally:
        server.terminate()
        server.wait(60)
        if reader.is_alive():
            reader.join(60)
        server.stderr.close()


def test_a_live_slider_redraws_its_figure(lab, chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 1400})
    tab = context.new_page()
    tab.set_default_timeout(120_000)
    tab.goto(lab)
    tab.locator(".jp-Notebook .jp-CodeCell").click()
    tab.get_by_text("Idle").or_(tab.locator("[data-status=idle]")).first.wait_for(state="attached")
    tab.keyboard.press("Shift+Enter")
    still, moving, says = (tab.locator(one) for one in (".xp-still svg", ".xp-moving svg", "p[aria-live=polite]"))
    moving.wait_for()
    before, words = moving.inner_html(), says.inner_text()
    assert moving.bounding_box() == still.bounding_box()
    handle = tab.locator(".widget-hslider .noUi-handle").first
    handle.focus()
    handle.press("ArrowRight")
    changed = "old => document.querySelector('p[aria-live=polite]').innerText !== old"
    tab.wait_for_function(changed, arg=words)
    tab.wait_for_function("old => document.querySelector('.xp-moving svg').innerHTML !== old", arg=before)
    # Back where it was, the same state is the same picture.
    handle.press("ArrowLeft")
    tab.wait_for_function("old => document.querySelector('.xp-moving svg').innerHTML === old", arg=before)
    assert says.inner_text() == words
    # The inks follow the notebook's theme.
    ink = "() => getComputedStyle(document.querySelector('.xp-still')).backgroundColor"
    assert tab.evaluate(ink) == "rgb(255, 255, 255)"
    tab.evaluate("document.body.dataset.jpThemeLight = 'false'")
    assert tab.evaluate(ink) == "rgb(20, 24, 30)"
    context.close()
