"""Citations: author and year in round brackets, as running text has them, and titles marked with their language."""

from dataclasses import dataclass, field
from functools import lru_cache, partial

import pybtex.plugin
from docutils import nodes
from pybtex.database import Entry
from pybtex.style.formatting import plain
from pybtex.style.template import Node, sentence, tag
from pybtex_docutils import Backend
from sphinx.errors import ExtensionError
from sphinxcontrib.bibtex.plugin import register_plugin
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class AuthorYearRound(AuthorYearReferenceStyle):
    """The author-year style with its square brackets made round."""

    bracket_textual: BracketStyle = field(default_factory=_round)
    bracket_parenthetical: BracketStyle = field(default_factory=_round)


#: BibLaTeX's names of languages, as an entry's `langid` has them, and those of the web (BCP 47).
LANGUAGES = {"french": "fr", "german": "de", "latin": "la"}
# Docutils writes such a class as the attribute lang, by which a screen reader chooses its voice.
Backend.tags |= {code: partial(nodes.inline, classes=[f"language-{code}"]) for code in LANGUAGES.values()}


class Spoken(plain.Style):
    """The plain style, with titles in the language that their entry names."""

    def format_title(self, e: Entry, which_field: str, as_sentence: bool = True) -> Node:
        """A title of an article, say."""
        return _spoken(e, super().format_title(e, which_field, False), as_sentence)

    def format_btitle(self, e: Entry, which_field: str, as_sentence: bool = True) -> Node:
        """A title of a book."""
        return _spoken(e, super().format_btitle(e, which_field, False), as_sentence)


def _spoken(entry: Entry, title: Node, as_sentence: bool) -> Node:
    language = entry.fields.get("langid")
    if language not in {None, *LANGUAGES}:
        raise ExtensionError(f"langid of {entry.key} must be one of {', '.join(LANGUAGES)}, but it is {language!r}")
    title = tag(LANGUAGES[language])[title] if language else title
    return sentence[title] if as_sentence else title


pybtex.plugin.register_plugin("pybtex.style.formatting", "spoken", Spoken)
register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", AuthorYearRound)

# Each citation would look through all that is installed for the same few plugins.
pybtex.plugin.find_plugin = lru_cache(pybtex.plugin.find_plugin)
