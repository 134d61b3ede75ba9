"""Links that lead out of the site: those to the course's own repository, and the check of all others."""

import http.server
import threading

import pytest

from tests.conftest import ROOT
from tools import links


class Host(http.server.BaseHTTPRequestHandler):
    """Answers /N with the status N."""

    def do_GET(self) -> None:
        self.send_response(int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_) -> None:
        pass


@pytest.fixture
def host():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_an_address_that_is_gone_is_a_fault_and_a_host_that_refuses_is_none(host, tmp_path, capsys):
    pages = {"a": f'<a href="{host}/200">', "b": f'<a class="x" href="{host}/404#part">, <a href="{host}/403">'}
    for name, html in pages.items():
        (tmp_path / f"{name}.html").write_text(html + '<a href="c.html">')
    assert links.outside(tmp_path) == {f"{host}/200": "a.html", f"{host}/404": "b.html", f"{host}/403": "b.html"}
    assert links.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"GONE: {host}/404 answers 404, from b.html"
    assert said[1:] == [
        f"unsure: {host}/403 answers 403, from b.html",
        "3 addresses outside the site, 1 of them gone",
    ]
    (tmp_path / "b.html").unlink()
    assert links.main([str(tmp_path)]) == 0
    assert links.asked("http://no-such-host.invalid")[0]
    assert not links.asked("http://127.0.0.1:9")[0]


def test_the_works_of_the_list_lead_out_by_their_doi(site):
    known = links.outside(site)
    assert sum(address.startswith("https://doi.org/") for address in known) > 50


@pytest.fixture
def mending(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import mending

    return mending


@pytest.mark.parametrize(
    ("repository", "file", "edit", "report"),
    [
        (
            "https://github.com/ada/course",
            "book/05_descent.ipynb",
            "https://github.com/ada/course/edit/main/book/05_descent.ipynb",
            "https://github.com/ada/course/issues/new?title=Fault%20on%20the%20page%20%E2%80%9C5%20Descent%E2%80%9D&body=",
        ),
        (
            "https://gitlab.com/ada/course",
            "exercises/05_descent.ipynb",
            "https://gitlab.com/ada/course/-/edit/main/solutions/05_descent.ipynb",
            "https://gitlab.com/ada/course/-/issues/new?issue[title]=Fault%20on",
        ),
    ],
)
def test_a_page_leads_to_the_editor_of_its_source_and_to_a_form_for_its_faults(mending, repository, file, edit, report):
    found = mending.links(repository, file, "5 Descent", "https://ada.github.io/course/a.html")
    assert found[0] == edit
    assert found[1].startswith(report)
    assert "Page%3A%20https%3A%2F%2Fada.github.io%2Fcourse%2Fa.html" in found[1]


def test_a_host_whose_editor_is_unknown_gets_no_links(mending):
    assert mending.links("https://git.example.org/ada/course", "book/a.md", "A", "") is None


def test_without_an_address_no_page_asks_to_be_mended(site):
    assert [path for path in site.rglob("*.html") if 'class="mend"' in path.read_text(encoding="utf-8")] == []
