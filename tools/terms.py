"""Link each term of the glossary where a chapter first uses it.

    python tools/terms.py            links them in every chapter
    python tools/terms.py --check    changes nothing; exits 1 and says so where a link is missing or comes too late

The links are ordinary ones, `[margin](glossary.md#term-margin)`, which JupyterLab and GitHub can read as well as
the site. A use is a term, or its plural, in running text: not in a heading, table, list of references, formula,
piece of code, folded summary or other link.
"""

import re
import sys
import unicodedata
from pathlib import Path

import nbformat

ROOT = Path(__file__).parents[1]
GLOSSARY = ROOT / "book" / "glossary.md"
LINK = re.compile(r"\[([^\[\]]*)\]\(glossary\.md#(term-[\w-]+)\)")
# What holds no running text, in the order in which it must be taken out.
APART = re.compile(
    r"^```.*?^```|^:::.*?$|^\([\w-]+\)=$|\$\$.*?\$\$|\$[^$]+\$|`+[^`]+`+|^#+ .*?$|^\|.*?$|^\[.*?\]:.*?$"
    r"|<summary>.*?</summary>|<[^>]*>|!?\[[^\]]*\]\([^)]*\)|\{[\w:]+\}`[^`]*`|\*\*(?:Time|You need)\*\*",
    re.MULTILINE | re.DOTALL,
)
END = "## Further reading"
#: Other words under which a chapter may first speak of a term.
ALSO = {
    "convex function": ("convex",),
    "exploding gradient": ("explode", "explodes"),
    "initialisation": ("first weights",),
    "min–max scaling": ("min–max",),
    "overfitting": ("overfit", "overfits"),
    "regularisation": ("regularise", "regularises"),
    "saturate": ("saturates", "saturated"),
    "skip connection": ("shortcut", "shortcuts"),
    "underfitting": ("underfit", "underfits"),
    "vanishing gradient": ("vanish", "vanishes"),
}


def terms(glossary: str) -> list[str]:
    """The terms of the glossary, as they are written there."""
    inside = re.search(r"^```\{glossary\}\n(.*?)^```", glossary, re.MULTILINE | re.DOTALL).group(1)
    return re.findall(r"^(\S.*)$", inside, re.MULTILINE)


def anchor(term: str) -> str:
    """The name of the term's place on the glossary page, as Sphinx makes it."""
    plain = unicodedata.normalize("NFKD", term).encode("ascii", "ignore").decode()  # a dash is left out
    return "term-" + re.sub(r"[^a-zA-Z0-9._]+", "-", plain).strip("-")


def plural(name: str) -> str:
    """The plural of a term."""
    for end, many in (("imum", "ima"), ("y", "ies"), ("s", "ses"), ("x", "xes")):
        if name.endswith(end):
            return name.removesuffix(end) + many
    return name + "s"


def forms(names: list[str]) -> dict[str, str]:
    """The term for each form that a use may take: in the plural, say, or at the beginning of a sentence."""
    return {
        written: name
        for name in names
        for form in (plural(name), name, *ALSO.get(name, ()))
        for written in (form, form[0].upper() + form[1:])
    }


def link(texts: list[str], names: list[str]) -> list[str]:
    """The texts of a chapter, cell by cell, with each term linked at its first use and nowhere else."""
    known, seen = forms(names), set()
    longest_first = (re.escape(form).replace(r"\ ", r"\s") for form in sorted(known, key=len, reverse=True))
    find = re.compile(rf"(?<![\w-])(?:{'|'.join(longest_first)})(?![\w-])")

    def first(use: re.Match) -> str:
        name = known[" ".join(use.group().split())]
        if name in seen:
            return use.group()
        seen.add(name)
        return f"[{use.group()}](glossary.md#{anchor(name)})"

    def linked(text: str) -> str:
        body, end, rest = text.partition(END)
        body, done, at = LINK.sub(r"\1", body), "", 0
        for apart in APART.finditer(body):
            done += find.sub(first, body[at : apart.start()]) + apart.group()
            at = apart.end()
        return done + find.sub(first, body[at:]) + end + rest

    return [linked(text) for text in texts]


def chapters() -> list[Path]:
    """The notebooks whose terms are linked: the chapters, and the pages beyond them; not the front page."""
    return sorted(path for path in (ROOT / "book").glob("*.ipynb") if path.stem != "intro")


def relink(path: Path, names: list[str]) -> str | None:
    """The notebook with its terms linked, or None where it is so already."""
    before = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(before, as_version=4)
    prose = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    for cell, text in zip(prose, link([cell.source for cell in prose], names), strict=True):
        cell.source = text
    after = nbformat.writes(notebook) + "\n"
    return after if after != before else None


def main() -> int:
    """Link, or check, and return what the process exits with."""
    names, stale = terms(GLOSSARY.read_text(encoding="utf-8")), []
    for path in chapters():
        if text := relink(path, names):
            stale.append(path)
            if "--check" not in sys.argv[1:]:
                path.write_text(text, encoding="utf-8", newline="\n")
    for path in stale:
        print(f"{'terms to link in' if '--check' in sys.argv[1:] else 'linked the terms of'} {path.relative_to(ROOT)}")
    if stale and "--check" in sys.argv[1:]:
        print("Mend: python tools/terms.py")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
