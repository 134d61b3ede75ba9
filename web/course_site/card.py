"""Card: how a page shows itself where it is passed on, and what a device that installs the site asks for.

The picture is drawn as the site is built, and only where the course has an address: a card names it in full.
"""

import json
from pathlib import Path

from markupsafe import escape
from sphinx.application import Sphinx

PICTURE, MANIFEST = "_static/card.png", "site.webmanifest"
PAPER, NIGHT, INK = "#fdfcf9", "#15181c", "#21262c"
ALT = "Contour lines of a hilly landscape, with the path of gradient descent into one of its valleys."
ICONS = {"icon-192.png": 192, "icon-512.png": 512}


def tags(app: Sphinx, page: str, template: str, context: dict, doctree: object) -> None:
    """Name for each page its colours and its manifest, and with an address its card.

    A page from the disk must not ask for the manifest: browsers refuse it there, and say so. Elsewhere it waits until
    the page is there.
    """
    pathto = context["pathto"]
    told = (
        f'<meta name="theme-color" content="{PAPER}" media="(prefers-color-scheme: light)">\n'
        f'<meta name="theme-color" content="{NIGHT}" media="(prefers-color-scheme: dark)">\n'
        f'<link rel="apple-touch-icon" href="{pathto("_static/icon-192.png", 1)}">\n'
        f"<script>if (location.protocol.startsWith('http')) addEventListener('load', () => document.head.append("
        "Object.assign(document.createElement('link'), "
        f"{{ rel: 'manifest', href: '{pathto(MANIFEST, 1)}' }})))</script>\n"
    )
    if base := app.config.html_baseurl:
        said = {
            "og:type": "article",
            "og:site_name": app.config.html_title,
            "og:title": app.env.titles[page].astext() if doctree else context.get("title", ""),
            "og:description": context.get("described", ""),
            "og:url": f"{base}{page}.html",
            "og:image": base + PICTURE,
            "og:image:width": "1200",
            "og:image:height": "630",
            "og:image:alt": ALT,
        }
        told += "".join(f'<meta property="{name}" content="{escape(text)}">\n' for name, text in said.items())
        told += '<meta name="twitter:card" content="summary_large_image">\n'
    context["metatags"] = f"{context.get('metatags', '')}\n{told}"


def write(app: Sphinx, out: Path) -> None:
    """Write the manifest, and with an address the picture."""
    title = app.config.html_title
    manifest = {
        "name": title,
        "short_name": "Neural networks",
        "description": "An interactive course from one neuron to a trained network.",
        "lang": "en",
        "start_url": f"{app.config.root_doc}.html",
        "scope": "./",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": f"_static/{name}", "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size in ICONS.items()
            for purpose in ("any", "maskable")
        ]
        + [{"src": "_static/mark.svg", "sizes": "any", "type": "image/svg+xml"}],
    }
    (out / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    if app.config.html_baseurl:
        draw(out / PICTURE, title)


def draw(path: Path, title: str) -> None:
    """The card's picture, 1200 × 630 pixels: the book's title, and a landscape with a path of descent."""
    import numpy as np
    from matplotlib.figure import Figure

    from coursepkg.engine.descent import descend
    from coursepkg.engine.landscapes import CLINE
    from coursepkg.engine.optimisers import GradientDescent

    figure = Figure(figsize=(12, 6.3), dpi=100, facecolor=PAPER)
    ax = figure.add_axes((0.46, 0, 0.54, 1))
    ax.axis("off")
    side = np.linspace(-2, 2, 161)
    x, y = np.meshgrid(side, side)
    height = CLINE.f(np.stack([x, y], axis=-1))
    ax.contourf(x, y, height, 12, cmap="Blues", alpha=0.75)
    ax.contour(x, y, height, 12, colors="#0b5c93", linewidths=0.7, linestyles="solid")
    path_down = descend(GradientDescent(0.01), CLINE.first, [0.62, 0.28], steps=60).x
    ax.plot(*path_down.T, "o-", color="#d55e00", markersize=5, linewidth=2)
    words = {"family": "DejaVu Serif", "color": INK}
    figure.text(0.05, 0.52, title.replace(" and ", "\nand "), fontsize=34, fontweight="bold", linespacing=1.25, **words)
    figure.text(0.05, 0.36, "An interactive course: every idea\nis a figure with sliders.", fontsize=19, **words)
    figure.savefig(path)
