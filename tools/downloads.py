"""Downloads: the files in which the whole book can be taken away, and the links to them on the pages of a site.

A copy that opens from the disk is packed as the site is built. `tools/pdf.py` prints the book once the site is there.
"""

import re
import zipfile
from pathlib import Path

ZIP, PDF = "neural-networks.zip", "neural-networks.pdf"
#: What a link to each file says.
SAYS = {
    ZIP: "a copy that opens from the disk, with its sliders and its search (zip, {size})",
    PDF: "pages to print, with all answers at the end (PDF, {size})",
}
OFFER = re.compile(r'<p class="take-away">.*?</p>\n')
PLACES = re.compile(r'(?<=<footer class="bd-footer-content">\n)|(?=<section id="licence-and-citation">)')
#: What only a host, a finder or a page on a host asks for, and what the one sheet and the one script were made of.
LEFT_OUT = re.compile(
    r"_static/(?:runtime|locales|scripts|styles|vendor)/|_static/(?!site\.|search\.)[\w.-]*\.(?:css|js)$|"
    r"[^/]*\.(?:zip|pdf|txt|xml|inv|webmanifest)$|service\.js$|404\.html$|\."
)
RUN = re.compile(r'<div (?=[^>]*class="run-bar")[^>]*>.*?</div>\s*<script>.*?</script>\s*', re.DOTALL)
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def place(html: str) -> str:
    """A page with an empty paragraph wherever it will say what there is to take away: in its foot, and on the front
    page where it says how to run the book."""
    return PLACES.sub('<p class="take-away"></p>\n', OFFER.sub("", html))


def size(path: Path) -> str:
    """The size of a file, as a reader is told it."""
    return f"{path.stat().st_size / 1e6:.1f} MB"


def pack(site: Path) -> None:
    """Write the copy for the disk into the site, with the same bytes for the same pages.

    Python in the pages is left out: a page opened from the disk may not start it.
    """
    made = site / ZIP
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as held:
        for path in sorted(path for path in site.rglob("*") if path.is_file()):
            name = path.relative_to(site).as_posix()
            if LEFT_OUT.match(name):
                continue
            data = path.read_bytes()
            if name.endswith(".html"):
                data = OFFER.sub("", RUN.sub("", data.decode())).encode()
            entry = zipfile.ZipInfo(f"{made.stem}/{name}", LONG_AGO)
            entry.external_attr, entry.compress_type = 0o644 << 16, zipfile.ZIP_DEFLATED
            held.writestr(entry, data)


def offer(site: Path) -> None:
    """Let every page link to what the site holds to be taken away, and say how large it is."""
    held = [site / name for name in SAYS if (site / name).exists()]
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        root = "../" * (len(path.relative_to(site).parts) - 1)
        links = [f'<a href="{root}{one.name}" download>{SAYS[one.name].format(size=size(one))}</a>' for one in held]
        said = f'<p class="take-away"><b>Download the book</b>: {" or ".join(links)}.</p>\n'
        told = OFFER.sub(said, html)
        if told != html:
            path.write_text(told, encoding="utf-8")


def withdraw(site: Path) -> None:
    """Take the files away: they are of an older book than the pages."""
    for name in SAYS:
        (site / name).unlink(missing_ok=True)
