"""The runtime: Python in the reader's browser, put into the site with the wheel of this very build.

Everything lies in one folder whose name is the hash of its contents, so that a new build replaces it whole. Pages get
a button, which asks for nothing of it before it is pressed. `RUNTIME=` leaves all of it out.
"""

import gzip
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from string import Template

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util import logging

from .tool import tool

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "web" / "runtime"
OWN = (
    "worker.mjs",
    "page.mjs",
    "answers.mjs",
    "cells.mjs",
    "drafts.mjs",
    "explorables.mjs",
    "notebook.mjs",
    "points.mjs",
    "python.mjs",
    "editor.mjs",
    "editor.licences.txt",
    "runtime.css",
)
WHEEL_OF = ("pyproject.toml", "README.md", "LICENSE", "coursepkg")
logger = logging.getLogger(__name__)


def wheel(into: Path) -> Path:
    """The course's package as it stands, as a wheel."""
    with tempfile.TemporaryDirectory() as folder:
        for name in [*WHEEL_OF, *(path.name for path in ROOT.glob("LICENSE-*"))]:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder) / name)
        command = [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(into),
            ".",
        ]
        run = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, env=os.environ | {"SOURCE_DATE_EPOCH": "1577836800"}
        )
    if run.returncode:
        raise ExtensionError(f"the wheel of the course cannot be built:\n{run.stderr[-2000:]}")
    return next(into.glob("coursepkg-*.whl"))


def session() -> bytes:
    """What runs the cells in the browser, as a zip whose bytes depend on its files alone."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as whole:
        for path in sorted((HERE / "python").rglob("*.py")):
            whole.writestr(zipfile.ZipInfo(path.relative_to(HERE / "python").as_posix()), path.read_bytes())
    return file.getvalue()


def prepare(app: Sphinx) -> None:
    """Write the runtime into the site, and keep in `app.runtime` where it lies and what it weighs; None without one."""
    app.runtime = None
    pyodide = tool("pyodide")
    if app.builder.format != "html" or pyodide.left_out():
        return
    core = Path(app.srcdir) / "_build" / "pyodide"
    try:
        pyodide.gather(core, told=logger.info)
    except pyodide.Incomplete as error:
        logger.info("the pages do not run Python: %s", error)
        return
    files = {name: (core / name).read_bytes() for name in pyodide.wanted()}
    listed = json.loads((HERE / "distribution.json").read_text(encoding="utf-8"))
    files["pyodide-lock.json"] = json.dumps(listed["lock"]).encode()
    files["session.zip"] = session()
    with tempfile.TemporaryDirectory() as folder:
        made = wheel(Path(folder))
        files[made.name] = made.read_bytes()
    own = {name: (HERE / name).read_bytes() for name in OWN}
    listed = [[name, len(data), hashlib.sha256(data).hexdigest()] for name, data in sorted(files.items())]
    files["files.json"] = json.dumps({"files": listed, "own": sorted(own), "wheel": made.name}).encode()
    digest = hashlib.sha256(b"".join(name.encode() + data for name, data in sorted((files | own).items())))
    served = Path(app.outdir) / "_static" / "runtime"
    shutil.rmtree(served, ignore_errors=True)
    folder = served / digest.hexdigest()[:16]
    folder.mkdir(parents=True)
    for name, data in (files | own).items():
        (folder / name).write_bytes(data)
    shutil.copy(HERE / "service.js", Path(app.outdir) / "service.js")
    sent = sum(len(data if name.endswith((".whl", ".zip")) else gzip.compress(data, 6)) for name, data in files.items())
    app.runtime = {"base": f"runtime/{folder.name}/", "megabytes": round(sent / 1e6)}
    logger.info("the pages run Python: %d MB, compressed", app.runtime["megabytes"])


def has_input(node: nodes.container) -> bool:
    """Whether the node is the source of a cell that the page shows."""
    return node.get("nb_element") == "cell_code_source"


def offer(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Give a page with code the button that runs it, below its heading."""
    if app.runtime and doctree and any(map(has_input, doctree.findall(nodes.container))):
        pathto = context["pathto"]
        bar = Template((HERE / "bar.html").read_text(encoding="utf-8")).substitute(
            base=pathto(f"_static/{app.runtime['base']}", 1),
            megabytes=app.runtime["megabytes"],
            notebook=pathto(f"_sources/{context['sourcename']}", 1),
            root=pathto("service.js", 1).removesuffix("service.js") or "./",
        )
        context["body"] = context["body"].replace("</h1>", f"</h1>\n{bar}", 1)
