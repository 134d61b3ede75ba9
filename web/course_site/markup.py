"""Mark-up: what the theme and its components write and neither the standard nor assistive technology takes as it is."""

import re
from textwrap import shorten

from docutils import nodes
from markupsafe import escape
from sphinx.application import Sphinx

#: Tags, and what of them is put in another way.
TAGS = [
    # What a button shows is its name: who speaks to the browser says what is to be seen.
    (r"<button (?=[^>]*\bsearch-button-field\b)", r' aria-label="[^"]*"', ""),
    # Roles that are no more, and of lists that are none.
    ("<div ", r' role="doc-biblioentry"', ""),
    ('<div (?=[^>]*class="citation-list")', ' role="list"', ""),
    # The sidebar sets a chapter's exercises under it, whichever page their address is told from.
    (r"<li (?=[^>]*>\s*<a [^>]*>\s*Exercises)", r'class="(?!exercises)', 'class="exercises '),
    # Buttons say what they open, and the logo's picture not again what stands beside it; on a phone it is out of sight.
    ("<button (?=[^>]*primary-toggle)", r'title="[^"]*"', 'title="Contents of the course"'),
    ("<button (?=[^>]*secondary-toggle)", r'title="[^"]*"', 'title="Contents of this page"'),
    ('<img (?=[^>]*class="logo__image)', r'alt="[^"]+"', 'alt="" aria-hidden="true" loading="lazy"'),
    # Which of the pages this is, is told by more than the style.
    ('<a (?=[^>]*class="current )(?![^>]*aria-current)', "^<a", '<a aria-current="page"'),
    # An element's own role is not said again.
    ("<main ", ' role="main"', ""),
    # The logo belongs to what lies beside the page.
    ('<div (?=[^>]*id="pst-primary-sidebar")(?![^>]*role=)', "^<div", '<div role="navigation" aria-label="Course"'),
]
FOLD = re.compile(
    r'<summary aria-label="Toggle hidden content">\s*<p class="(collapsed[^"]*)">(.*?)</p>\s*'
    r'<p class="(expanded[^"]*)">(.*?)</p>\s*</summary>'
)
CORNER = re.compile(r'<th class="(head[^"]*)">(?:<p></p>)?</th>')
EMPTY = re.compile(r"<(header|footer) (?=[^>]*>\s*</\1>)(?![^>]*role=)")
WIDTH = re.compile(r'\s*<meta (?=[^>]*name="viewport")[^>]*>')


def mend(html: str) -> str:
    """The page with its faults mended; one that is mended already stays as it is."""
    for tag, part, better in TAGS:
        html = re.sub(f"{tag}[^>]*>", lambda found, p=part, b=better: re.sub(p, b, found[0]), html)
    html = FOLD.sub(r'<summary><span class="\1">\2</span><span class="\3">\4</span></summary>', html)
    html = CORNER.sub(r'<td class="\1"></td>', html)  # the corner of a table names nothing
    # No landmark, for it is empty; but the theme measures it.
    html = EMPTY.sub(r'<\1 role="presentation" ', html)
    if first := WIDTH.search(html):  # once is enough
        html = html[: first.end()] + WIDTH.sub("", html[first.end() :])
    return html


def mend_sheet(css: str) -> str:
    """A style sheet that knows the folds as `mend` leaves them."""
    return re.sub(r"(summary\s*>\s*)p(?=\.)", r"\1", css)


def describe(app: Sphinx, page: str, template: str, context: dict, doctree: nodes.document | None) -> None:
    """Tell search engines what the page says, in the words of its first paragraph that says something."""
    told = app.config.html_title
    if doctree:
        paragraphs = (node for node in doctree.findall(nodes.paragraph) if not any(node.findall(nodes.math)))
        told = next((text for text in (node.astext() for node in paragraphs) if len(text) > 60), told)
    told = f"{context.get('title', '')}: {told}" if told == app.config.html_title else told
    context["described"] = shorten(told, 158)
    context["metatags"] = (
        f'{context.get("metatags", "")}\n<meta name="description" content="{escape(context["described"])}">'
    )
