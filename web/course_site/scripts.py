"""Scripts: one file for all pages. A dozen small ones would share a visitor's six connections with the page's faces."""

import re
from pathlib import Path

from .joining import Kind

SCRIPTS = Kind(
    re.compile(r'<script (?=[^>]*\bdefer\b)[^>]*src="((?:\.\./)*_static/)([^"?]+\.js)[^"]*"[^>]*></script>\n?'),
    "js",
    '<script defer src="{}"></script>',
)


def join_scripts(static: Path, pages: dict[Path, str]) -> dict[Path, str]:
    """The pages with one script in place of those that wait for the page, which is written into `static`.

    It begins with an empty statement: a part that asks to be read strictly would else ask it for all.
    """
    parts = SCRIPTS.parts(static, pages)
    whole = "".join(f";\n{(static / name).read_text(encoding='utf-8')}\n" for name in parts)
    return SCRIPTS.put(static, pages, parts, whole)
