"""What is this course's own about its site, as a Sphinx extension.

Nothing here draws or computes: it decides where the launch buttons point and which edition is built, sees to
it that the pages carry all they need, and refuses faults that must not be published.
"""

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from . import (  # noqa: F401 (citations registers a style)
    assets,
    callouts,
    card,
    citations,
    cited,
    cores,
    cover,
    edition,
    execution,
    faces,
    fonts,
    gates,
    glossary,
    headline,
    imports,
    markup,
    mathematics,
    mending,
    punctuation,
    reach,
    reference,
    runtime,
    scripts,
    search,
    streams,
    styles,
    tables,
    terms,
    verified,
)
from .tool import tool

WEB = Path(__file__).resolve().parents[1]


def configure(app: Sphinx, config: Config) -> None:
    """Settle before anything is read what depends on the environment and on the course's files."""
    config.html_static_path.append(str(WEB / "assets"))
    edition.point_buttons(config)
    edition.choose(app, config)
    execution.trust_no_cache(config)
    reach.settle(config)


def finish(app: Sphinx, error: Exception | None) -> None:
    """Complete the written site, then let it through the gates."""
    if error or app.builder.format != "html":
        return
    out, downloads = Path(app.outdir), tool("downloads")
    downloads.withdraw(out)
    assets.drop(out / "_static")
    cores.links.set()
    read = {path: path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.html"))}
    options = (out / "_static" / "documentation_options.js").read_text(encoding="utf-8")

    def mend(html: str) -> str:
        return downloads.place(markup.mend(assets.lighten(assets.settle_options(html, options))))

    mended = cores.over(mend, read.values())
    pages = dict(zip(read, mended, strict=True))
    assets.draw_icons(out / "_static", pages.values())
    mathematics.bring_font(out / "_static", pages.values())
    fonts.cut(out / "_static", pages.values())
    pages = scripts.join_scripts(out / "_static", pages)
    pages = styles.join_sheets(out / "_static", pages)
    pages = faces.hasten(out / "_static", search.write(out, pages))
    for path, html in pages.items():
        path.write_text(html, encoding="utf-8")
    assets.write_entry(out, app.config.html_title, f"{app.config.root_doc}.html")
    reach.write(app, out)
    card.write(app, out)
    gates.refuse(out, pages, public=not edition.instructor())
    downloads.pack(out)
    downloads.offer(out)


def setup(app: Sphinx) -> dict:
    """Register the extension."""
    streams.keep_whole()
    app.connect("config-inited", configure)
    app.connect("builder-inited", execution.use_cores)
    app.connect("builder-inited", runtime.prepare)
    app.connect("builder-inited", search.own)
    app.connect("env-before-read-docs", execution.deal)
    app.connect("source-read", edition.fold_solutions)
    app.connect("source-read", imports.fold)
    app.connect("autodoc-process-docstring", reference.docstring)
    app.connect("autodoc-skip-member", reference.skip)
    app.connect("env-updated", cover.renew)
    app.connect("doctree-resolved", cover.dress)
    app.connect("env-updated", glossary.renew)
    app.connect("doctree-resolved", glossary.dress)
    app.connect("html-page-context", glossary.script)
    app.connect("env-updated", cited.renew)
    app.connect("doctree-resolved", cited.lead)
    app.connect("html-page-context", markup.describe)
    app.connect("html-page-context", card.tags)
    app.connect("html-page-context", verified.say)
    app.connect("html-page-context", mending.offer)
    app.connect("html-page-context", runtime.offer)
    app.connect("html-collect-pages", search.page)
    app.add_transform(headline.Headline)
    app.add_transform(terms.Terms)
    app.add_transform(punctuation.Punctuation)
    app.add_transform(tables.Tables)
    app.add_transform(callouts.Callouts)
    app.add_transform(cited.Cited)
    app.connect("build-finished", finish, priority=900)  # the theme writes its colours of code at the build's end, too
    app.add_html_math_renderer("mathml", (mathematics.inline, None), (mathematics.display, None))
    app.add_css_file("icons.css")
    app.add_css_file("theme.css")
    app.add_css_file("formulas.css")
    app.add_css_file("style.css", priority=900)
    app.add_js_file("print.js")
    app.add_js_file("formulas.js", loading_method="defer")
    app.add_js_file("menus.js", loading_method="defer")
    app.add_js_file("find.js", loading_method="defer")
    app.add_js_file("here.js", loading_method="defer")
    app.add_js_file("margin.js", priority=100, loading_method="defer")  # before the theme looks for what is called so
    return {"parallel_read_safe": True, "parallel_write_safe": True}
