"""Mending: each page leads a reader who finds a fault in it to where it is mended, or reported."""

from urllib.parse import quote, urlsplit

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx

#: How hosts of repositories call the editor of a file and the form for an issue.
HOSTS = {
    "github.com": ("{repository}/edit/main/{file}", "{repository}/issues/new?title={title}&body={body}"),
    "gitlab.com": (
        "{repository}/-/edit/main/{file}",
        "{repository}/-/issues/new?issue[title]={title}&issue[description]={body}",
    ),
}


def links(repository: str, file: str, title: str, place: str) -> tuple[str, str] | None:
    """The addresses at which `file` is edited and a fault on the page `title` is reported; None for other hosts.

    What is generated is edited in its source. `place` is the page's address, "" where it has none.
    """
    host = HOSTS.get(urlsplit(repository).netloc)
    if not host:
        return None
    source = file.replace("exercises/", "solutions/", 1) if file.startswith("exercises/") else file
    body = f"Page: {place or file}\n\nWhat is wrong:\n\nWhat should be there:\n"
    said = {"repository": repository, "file": quote(source)}
    said |= {"title": quote(f"Fault on the page “{title}”", safe=""), "body": quote(body, safe="")}
    return host[0].format(**said), host[1].format(**said)


def offer(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Put both links at the end of a page's text, where the course has an address."""
    repository = app.config.html_theme_options["repository_url"]
    if not (repository and doctree):
        return
    file = app.env.doc2path(page, base=False)
    base = app.config.html_baseurl
    title = app.env.titles[page].astext()
    if found := links(repository, str(file), title, base and f"{base}{page}.html"):
        edit, report = map(escape, found)
        context["body"] += (
            f'<p class="mend">Something wrong, or unclear? <a href="{edit}">Suggest an edit</a> or '
            f'<a href="{report}">report a fault</a>.</p>\n'
        )
