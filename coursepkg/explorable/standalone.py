"""Standalone: an explorable as one HTML file that needs no other, for a slide, a learning platform or an ``<iframe>``.

``?theme=dark`` or ``?theme=light`` in its address chooses the theme, which otherwise is the reader's system's, and
``#name:control=value`` the state.
"""

from html import escape

from . import assets, renderer

THEME = (
    "const theme = new URLSearchParams(location.search).get('theme');"
    "if (theme) document.documentElement.dataset.theme = theme;"
)
STYLE = """
:root { color-scheme: light; }
@media screen { :root[data-theme=dark] { color-scheme: dark; } }
@media screen and (prefers-color-scheme: dark) { :root:not([data-theme=light]) { color-scheme: dark; } }
body { margin: 0; background: var(--xp-paper); color: var(--xp-ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 58rem; margin: 0 auto; padding: 0.25rem; }
figure.explorable { max-width: none; margin: 0; border: 0; }
.from { margin: 0 1.25rem 0.75rem; font-size: 0.875rem; }
.from a { color: inherit; }
"""


def document(bundle: renderer.Bundle, source: tuple[str, str] | None = None) -> str:
    """The file of a bundle; ``source``, an address and a title, is the page from which it comes."""
    style = assets.inks(":root:not([data-theme=light])") + assets.read("explorable.css") + STYLE
    scripts = "".join(f"<script>{assets.read(name)}</script>\n" for name in renderer.scripts(bundle))
    link = f'<p class="from">From <a href="{escape(source[0])}">{escape(source[1])}</a></p>\n' if source else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{escape(bundle["title"])}</title>\n<link rel="icon" href="data:,">\n'
        f"<script>{THEME}</script>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"{renderer.render(bundle, page='')}\n{link}</main>\n{scripts}</body>\n</html>\n"
    )
