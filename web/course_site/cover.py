"""Cover: the front page's list of chapters becomes cards with a picture each, and a map of what builds on what."""

import posixpath
import textwrap
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from coursepkg.explorable import gallery, renderer

from . import course

#: The map's boxes and the room between them, in its own units.
BOX, TALL, GAP, STEP = 180, 62, 14, 104


def renew(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The front page is written again whatever has changed: it shows what the chapters say and draw."""
    return [app.config.root_doc]


def dress(app: Sphinx, page: nodes.document, docname: str) -> None:
    """Tell the front page's own section, and give each chapter of its list picture, time and needs, and a map below."""
    if docname != app.config.root_doc or app.builder.format != "html":
        return
    # A class, since `:has` in a style sheet would be looked up again at each move of a slider, on every page.
    for cell in page.findall(lambda node: isinstance(node, nodes.container) and "tag_front" in node["classes"]):
        cell.parent["classes"].append("front")
    chapters = {chapter.page: chapter for chapter in course.chapters(app.env)}
    pictures: dict[str, str] = {}
    for source, bundle in gallery.explorables(app.env):
        pictures.setdefault(source, renderer.svg(bundle, bundle["svg"] + "".join(bundle["frame"])))
    for listed in list(page.findall(nodes.enumerated_list)):
        known = [(item, chapters.get(_leads(item, docname))) for item in listed]
        if not known or not all(chapter for _, chapter in known):
            continue
        listed["classes"].append("chapter-cards")
        for item, chapter in known:
            picture = pictures.get(chapter.page, "").replace('role="img"', 'aria-hidden="true"', 1)
            item.insert(0, nodes.raw("", f'<div class="picture">{picture}</div>', format="html"))
            item += nodes.paragraph("", facts(chapter), classes=["facts"])
        drawn = nodes.raw("", chart([chapter for _, chapter in known]), format="html")
        listed.parent.insert(listed.parent.index(listed) + 1, drawn)


def _leads(item: nodes.Element, docname: str) -> str:
    """The page to which the first link of an item leads."""
    link = item.next_node(nodes.reference)
    uri = link["refuri"].partition("#")[0].removesuffix(".html") if link and "refuri" in link else ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(docname), uri))


def facts(chapter: course.Chapter) -> str:
    """How long a chapter takes and what it needs, in a line."""
    *others, last = map(str, chapter.needs or (0,))
    after = f"After chapters {', '.join(others)} and {last}." if others else f"After chapter {last}."
    time = f"{chapter.minutes} minutes" + (f", and {chapter.exercises} of exercises" if chapter.exercises else "")
    return f"{time}. {after if chapter.needs else 'You can start here.'}"


def chart(chapters: list[course.Chapter]) -> str:
    """The map: each chapter stands below those that it needs, and lines lead to it from them."""
    depth = course.depths(chapters)
    rows = [[c for c in chapters if depth[c.number] == level] for level in range(max(depth.values()) + 1)]
    width = max(map(len, rows)) * (BOX + GAP) - GAP
    place = {}
    for level, row in enumerate(rows):
        left = (width - len(row) * (BOX + GAP) + GAP) / 2
        place |= {chapter.number: (left + k * (BOX + GAP), 1 + level * STEP) for k, chapter in enumerate(row)}
    lines = "".join(
        f'<path d="M{place[a][0] + BOX / 2:g} {place[a][1] + TALL:g}C{place[a][0] + BOX / 2:g} {place[b][1] - 14:g} '
        f'{place[b][0] + BOX / 2:g} {place[a][1] + TALL + 14:g} {place[b][0] + BOX / 2:g} {place[b][1]:g}"/>'
        for a, b in course.direct(chapters)
    )
    boxes = "".join(_box(chapter, *place[chapter.number]) for chapter in chapters)
    says = " ".join(f"Chapter {c.number}, {c.title}: {facts(c)}" for c in chapters)
    height = 2 + (len(rows) - 1) * STEP + TALL
    return (
        '<figure class="course-map"><svg role="img" aria-label="Map of the course. '
        f'{escape(says)}" viewBox="-1 0 {width + 2:g} {height:g}">{lines}{boxes}</svg>'
        "<figcaption>What builds on what: a line leads from each chapter to those that need it.</figcaption></figure>"
    )


def _box(chapter: course.Chapter, x: float, y: float) -> str:
    """A chapter in the map: its number and minutes, and its title in one line or two."""
    title = textwrap.wrap(chapter.title, 22, max_lines=2, placeholder="…")
    texts = "".join(
        f'<text x="{x + 10:g}" y="{y + 36 + 16 * k:g}">{escape(line)}</text>' for k, line in enumerate(title)
    )
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{BOX}" height="{TALL}" rx="8"/>'
        f'<text class="about" x="{x + 10:g}" y="{y + 18:g}">{chapter.number} · {chapter.minutes} min</text>{texts}'
    )
