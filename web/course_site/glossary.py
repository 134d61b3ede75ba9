"""Glossary: its letters to jump to, and under each term the pages that use it, each with the place of its first use."""

from docutils import nodes
from sphinx.addnodes import glossary
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from coursepkg.explorable.gallery import order

#: Under this key a page's metadata holds the names of the terms that it uses; `terms.py` writes it.
USES = "terms_used"
FILTER = (
    '<label class="term-filter pst-js-only"><span>Filter the terms</span><input type="search" autocomplete="off">'
    '</label><p class="term-count pst-js-only" role="status"></p>'
)


def pages(env: BuildEnvironment) -> list[str]:
    """The pages that have a glossary; `terms.py` notes the places of its terms."""
    return [page for page, about in env.metadata.items() if "myst_slugs" in about]


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The glossary is written again whatever has changed: it says where its terms are used."""
    return pages(env)


def dress(app: Sphinx, page: nodes.document, docname: str) -> None:
    """Write the letters and the field of the filter above the terms, and under each of them its uses."""
    if docname not in pages(app.env) or app.builder.format != "html":
        return
    used: dict[str, list[str]] = {}
    for there in order(app.env):
        for name in app.env.metadata[there].get(USES, ()):
            used.setdefault(name, []).append(there)
    for whole in list(page.findall(glossary)):
        letters: dict[str, str] = {}
        for item in whole.findall(nodes.definition_list_item):
            term = item.next_node(nodes.term)
            name = term["ids"][0]
            letters.setdefault(term.astext()[0].upper(), name)
            if name in used:
                item.next_node(nodes.definition).append(_uses(app, docname, name, used[name]))
        links = "".join(f'<li><a href="#{name}">{letter}</a></li>' for letter, name in sorted(letters.items()))
        jump = f'<nav class="letters" aria-label="Letters"><ul>{links}</ul></nav>{FILTER}'
        whole.parent.insert(whole.parent.index(whole), nodes.raw("", jump, format="html"))


def _uses(app: Sphinx, docname: str, name: str, where: list[str]) -> nodes.paragraph:
    """The line that says where a term is used."""
    said = nodes.paragraph("", "Used in ", classes=["used-in"])
    for n, there in enumerate(where):
        address = f"{app.builder.get_relative_uri(docname, there)}#use-of-{name}"
        link = nodes.reference("", app.env.titles[there].astext(), refuri=address, internal=True)
        said += [nodes.Text(", ")] * bool(n) + [link]
    said += nodes.Text(".")
    return said


def script(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Give the glossary the script of its filter."""
    if doctree and page in pages(app.env):
        app.add_js_file("glossary.js", loading_method="defer")
