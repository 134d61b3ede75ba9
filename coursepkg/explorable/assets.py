"""Assets: the style and the scripts that bring a rendered bundle to life, and the inks of both themes."""

from pathlib import Path

from . import ink

FOLDER = Path(__file__).parent / "page_assets"
#: What says that a page is dark: the themes pydata and book, Furo, Material, and Awesome.
DARK = ":root[data-theme=dark],body[data-theme=dark],[data-md-color-scheme=slate],html.dark"


def inks(follows: str = "body[data-theme=auto]") -> str:
    """The inks as CSS: dark where the page says that it is, light everywhere else, and on paper.

    ``follows`` selects the pages that are as the reader's system is.
    """
    light, dark = ink.variables("light"), ink.variables("dark")
    return (
        f":root{{{light}}}\n@media screen{{{DARK}{{{dark}}}}}\n"
        f"@media screen and (prefers-color-scheme:dark){{{follows}{{{dark}}}}}\n"
    )


def read(name: str) -> str:
    """The text of the style sheet or the script of this name."""
    return (FOLDER / name).read_text(encoding="utf-8")


def scripts() -> list[str]:
    """The names of all scripts."""
    return sorted(path.name for path in FOLDER.glob("*.js"))
