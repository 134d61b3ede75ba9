"""Citations: author and year in round brackets, as running text has them."""

from dataclasses import dataclass, field
from functools import lru_cache

import pybtex.plugin
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


register_plugin("sphinxcontrib.bibtex.style.referencing", "author_year_round", AuthorYearRound)

# Each citation would look through all that is installed for the same few plugins.
pybtex.plugin.find_plugin = lru_cache(pybtex.plugin.find_plugin)
