"""Print the book: all pages of the built site as one PDF with bookmarks, its figures still, its answers at the end.

    python tools/pdf.py [SITE]      SITE is _build/html where none is named

The pages are put together into one, so that a link between two leads to its place in the PDF, and a Chromium prints it.
The package's reference, the index and the gallery stay on the site: they are there to be clicked through.
"""

import html
import re
import sys
import tempfile
from pathlib import Path
from posixpath import dirname, join, normpath

import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tools import chromium, downloads, repository  # noqa: E402

ONLINE_ONLY = re.compile(r"genindex|book/gallery|book/reference/")
ARTICLE = re.compile(r'<article class="bd-article"[^>]*>(.*?)</article>', re.DOTALL)
NAMES = re.compile(r'(?<=\s)(id|for|name|aria-labelledby|aria-describedby)="([^"]+)"')
SHEET = re.compile(r'<link (?=[^>]*rel="stylesheet")[^>]*href="(?:\.\./)*([^"]+)"')
STYLE = """
@page { size: A4; margin: 17mm 18mm 20mm }
html { background: #fff !important; font-size: 10pt !important }
body { display: block; background: #fff }
main { max-width: none }
.sheet { break-before: page }
.front-page { min-height: 240mm; display: flex; flex-direction: column; justify-content: center }
.front-page p { margin: .4rem 0 }
.table-of-contents ol { columns: 2; list-style: none; padding: 0 }
.bd-article figure.explorable, .bd-article figure.still { width: auto !important; margin: 1rem 0; padding: .75rem }
.bd-article :is(figure.explorable, figure.still) svg.xp { max-height: 150mm; width: 100% }
.bd-article details { border: 0 !important; padding: 0 !important }
.bd-article summary { list-style: none; font-weight: 600 }
.run-bar, .commit, .told, .controls, .copy, .note, noscript, .hint { display: none !important }
.tiles label { break-inside: avoid }
.tiles input { display: none }
.to-answer, .on-the-page { margin: .3rem 0; font: 400 .85em/1.5 var(--ui) }
.bd-article dl.glossary { columns: 2; font-size: .9em }
.bd-article dl.glossary :is(dt, dd) { break-inside: avoid; margin-bottom: .3rem }
.bd-article dl.glossary dt { break-after: avoid }
.answer { break-inside: avoid; margin: 0 0 1rem }
.bd-article .chapter-cards { grid-template-columns: 1fr 1fr; display: grid }
.chapter-cards > li, .bd-article li { break-inside: avoid }
"""
#: What is folded is opened, the answers go to the end, and each figure says where it moves.
ARRANGE = """base => {
  const end = document.querySelector('#answers');
  let n = 0;
  for (const sheet of document.querySelectorAll('.sheet[data-page]')) {
    let list;
    const folded = sheet.querySelectorAll('.ask details, details');
    for (const fold of folded) {
      const summary = fold.querySelector('summary');
      const asks = fold.closest('.ask');
      if (!asks && !/^Answers?$/.test(summary.textContent.trim())) {
        if (!fold.classList.contains('hide')) fold.open = true;
        continue;
      }
      n += 1;
      if (!list) {
        list = document.createElement('section');
        const title = document.createElement('h2');
        title.textContent = sheet.querySelector('h1').textContent.replace('#', '');
        list.append(title);
        end.append(list);
      }
      const [answer, number, link] = ['div', 'p', 'a'].map(tag => document.createElement(tag));
      answer.className = 'answer';
      answer.id = `answer-${n}`;
      link.href = `#asked-${n}`;
      link.textContent = `${n}`;
      const title = fold.closest('figure')?.querySelector('.title') ?? fold.closest('section').querySelector('h2, h3');
      number.append(link, ` ${title.textContent.replace('#', '')}`);
      number.style.fontWeight = 600;
      summary.remove();
      answer.append(number, ...fold.childNodes);
      list.append(answer);
      const to = document.createElement('p');
      to.className = 'to-answer';
      to.id = `asked-${n}`;
      to.innerHTML = `<a href="#answer-${n}">Answer ${n}</a>, at the end of the book`;
      fold.replaceWith(to);
    }
    for (const figure of sheet.querySelectorAll('figure.explorable')) {
      const where = document.createElement('p');
      const name = figure.dataset.name;
      where.className = 'on-the-page';
      where.innerHTML = base
        ? `Move it: <a href="${base}${sheet.dataset.page}#xp-${name}">${base}${sheet.dataset.page}#xp-${name}</a>`
        : `Move it on its page: explorables/${name}.html`;
      figure.append(where);
    }
  }
}"""
#: The figures that no page holds whole: those wider than a page, or as high with what belongs to them.
CUT = """([width, height]) => [...document.querySelectorAll('figure, table, .math')]
  .filter(one => one.getBoundingClientRect().width > width + 1 || (one.matches('figure') && one.offsetHeight > height))
  .map(one => one.id || one.textContent.slice(0, 60))"""
MM = 96 / 25.4
TEXT = (round((210 - 2 * 18) * MM), round((297 - 17 - 20) * MM))  # what @page leaves of A4, in CSS pixels
FOOT = (
    '<div style="width:100%;font:8pt sans-serif;color:#57606a;text-align:center"><span class="pageNumber"></span></div>'
)


def order() -> list[str]:
    """The pages of the site that are printed, in the order of the table of contents."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [toc["root"], *(entry["file"] for part in toc["parts"] for entry in part["chapters"])]
    return [f"{file}.html" for file in files if not ONLINE_ONLY.match(file)]


def sheet(number: int, site: Path, pages: list[str], base: str) -> str:
    """The article of the `number`-th page, with names of its own, its links led to where they lead in the PDF."""
    page = pages[number]
    article = ARTICLE.search((site / page).read_text(encoding="utf-8"))[1]

    def led(link: re.Match) -> str:
        address, _, place = html.unescape(link[2]).partition("#")
        if re.match(r"\w+:", address):
            return link[0]
        there = normpath(join(dirname(page), address)) if address else page
        if link[1] == "src":
            return f'src="{(site / there).as_uri()}"'
        if there in pages:
            return f'href="#p{pages.index(there)}{"-" + place if place else ""}"'
        return f'href="{base}{there}{"#" + place if place else ""}"' if base else ""

    article = NAMES.sub(lambda name: f'{name[1]}="{" ".join(f"p{number}-{one}" for one in name[2].split())}"', article)
    article = re.sub(r"url\(#", f"url(#p{number}-", article)
    article = re.sub(r'\b(href|src)="([^"]*)"', led, article)
    inside = f'<article class="bd-article">{article}</article>'
    return f'<section class="sheet" id="p{number}" data-page="{page}">{inside}</section>'


def together(site: Path, pages: list[str], base: str) -> str:
    """The pages as one: a front page, the contents, the sheets, and room for the answers."""
    texts = {page: (site / page).read_text(encoding="utf-8") for page in pages}
    dress = (site / SHEET.search(texts[pages[0]])[1]).as_uri()
    titles = {page: re.search(r"<title>(.*?)(?: (?:—|&#8212;).*)?</title>", text)[1] for page, text in texts.items()}
    book = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["title"]
    listed = "".join(f'<li><a href="#p{k}">{titles[page]}</a></li>' for k, page in enumerate(pages))
    where = f'<p><a href="{base}">{base}</a></p>' if base else ""
    sheets = "".join(sheet(k, site, pages, base) for k in range(len(pages)))
    return (
        f'<!doctype html><html lang="en" data-theme="light"><head><meta charset="utf-8"><title>{book}</title>'
        f'<link rel="stylesheet" href="{dress}"><style>{STYLE}</style></head><body><main>'
        f'<section class="front-page"><p style="font:600 2.6rem/1.15 var(--text)">{book}</p><p>{where}'
        f"Version {repository.settings()[1]}. Text and figures: CC BY 4.0. Code: MIT.</p></section>"
        f'<section class="sheet table-of-contents bd-article"><h1>Contents</h1><ol>{listed}'
        f'<li><a href="#answers">Answers</a></li></ol></section>{sheets}'
        f'<section class="sheet bd-article" id="answers"><h1>Answers</h1></section></main></body></html>'
    )


def write(site: Path, made: Path, pages: list[str], base: str = "") -> None:
    """Print the pages of the site into the file `made`; `base` is the site's address, or "" where it has none."""
    path = chromium.find() or sys.exit(chromium.ADVICE)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        whole = Path(folder) / "book.html"
        whole.write_text(together(site, pages, base), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page(viewport=dict(zip(("width", "height"), TEXT, strict=True)))
        tab.emulate_media(media="print")
        tab.set_default_timeout(300_000)
        tab.goto(whole.as_uri())
        tab.evaluate(ARRANGE, base)
        tab.evaluate("document.fonts.ready.then(() => true)")
        if cut := tab.evaluate(CUT, TEXT):
            sys.exit(f"no page holds these whole: {', '.join(cut)}")
        tab.pdf(
            path=made,
            prefer_css_page_size=True,
            print_background=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOT,
            tagged=True,
            outline=True,
        )
        browser.close()


def main() -> None:
    site = Path(sys.argv[1] if sys.argv[1:] else ROOT / "_build" / "html").resolve()
    address, _ = repository.settings()
    write(site, site / downloads.PDF, order(), repository.site(address) if address else "")
    downloads.offer(site)
    print(f"{site / downloads.PDF}: {downloads.size(site / downloads.PDF)}")


if __name__ == "__main__":
    main()
