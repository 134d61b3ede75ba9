"""Write the address of the course's repository, and the version that notebooks install, everywhere at once.

    python tools/repository.py                     say what is set, and which address this clone's origin offers
    python tools/repository.py ADDRESS             set it, as https://github.com/OWNER/NAME
    python tools/repository.py none                name no address
    python tools/repository.py --version 0.2.0     set the version

Until an address is set the course names none, since whoever holds the name in it could run code wherever a
notebook installs the course. `make repository URL=… VERSION=…` runs this.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import yaml

ROOT = Path(__file__).parents[1]
NONE = "none"
EXAMPLE = "https://github.com/OWNER/NAME"
ADDRESS = re.compile(r"https://[\w.-]+(:\d+)?(/[\w.-]+){2,}")
VERSION = re.compile(r"\d+\.\d+\.\d+((a|b|rc)\d+)?")


def tidy(address: str) -> str:
    """The address as the course writes it, or "" for none; `ValueError` if it is no address of a repository."""
    if address == NONE:
        return ""
    plain = address.strip().rstrip("/").removesuffix(".git")
    if not ADDRESS.fullmatch(plain) or ".." in plain:
        raise ValueError(f"URL must be {NONE} or the https address of a repository, as {EXAMPLE}; got {address!r}")
    return plain


def offered(root: Path = ROOT) -> str:
    """The address of this clone's origin, without names and passwords in it; "" if it has none of use."""
    command = ["git", "-C", str(root), "config", "--get", "remote.origin.url"]
    origin = subprocess.run(command, capture_output=True, text=True).stdout.strip()
    origin = re.sub(r"^(?:ssh://)?[\w.-]+@([\w.-]+)[:/]", r"https://\1/", origin)  # git@host:owner/name
    origin = re.sub(r"^https://[^/@]*@", "https://", origin)
    try:
        return tidy(origin) if origin else ""
    except ValueError:  # a folder on this machine, for instance: nothing to offer
        return ""


def binder(address: str, tag: str) -> str:
    """Binder's address of the chapters."""
    host, _, path = address.removeprefix("https://").partition("/")
    known = {"github.com": f"gh/{path}", "gitlab.com": f"gl/{quote(path, safe='')}"}
    return f"https://mybinder.org/v2/{known.get(host, f'git/{quote(address, safe=str())}')}/{tag}?urlpath=lab/tree/book"


def colab(address: str, tag: str) -> str:
    """Colab's address of the first chapter, or "": it opens notebooks of GitHub alone."""
    if urlsplit(address).netloc != "github.com":
        return ""
    path = urlsplit(address).path.lstrip("/")
    return f"https://colab.research.google.com/github/{path}/blob/{tag}/book/01_perceptron.ipynb"


def site(address: str) -> str:
    """Where GitHub and GitLab publish the site of a repository; "" for other hosts."""
    host, owner, name, *deeper = address.removeprefix("https://").split("/")
    if host not in ("github.com", "gitlab.com") or deeper:
        return ""
    pages = f"{owner.lower()}.{host.removesuffix('.com')}.io"
    return f"https://{pages}/" if name.lower() == pages else f"https://{pages}/{name}/"


def read_bullet(address: str, tag: str) -> str:
    where = f"the [book]({site(address)})." if address and site(address) else "the book: `make serve` shows it."
    return f"""\
- **Read** {where} Its sliders work on any device, with no account and nothing to
  install, and it asks no other host for anything.
"""


def elsewhere_bullet(address: str, tag: str) -> str:
    if not address:
        return f"""\
- **Run it elsewhere**: on Binder or Colab, once the course has an address of its own. This copy names none, so its
  pages have no buttons for them. `make repository URL={EXAMPLE}` sets it.
"""
    places = [f"[Binder]({binder(address, tag)})"]
    places += [f"[Colab]({colab(address, tag)})"] if colab(address, tag) else []
    return "- **Run it elsewhere**: on\n  " + ", or on\n  ".join(places) + ".\n  Every chapter has its buttons.\n"


def run_cell(address: str, tag: str) -> str:
    """The cell of the front page that says how to run the course."""
    places = "Binder or in Google Colab" if colab(address, tag) else "Binder"
    asks = "Neither asks you to install anything; Colab asks for an account." if colab(address, tag) else ""
    server = (
        f"**In the browser, on a server.** Every chapter has a rocket at its top: it opens the same page as a notebook "
        f"in {places}. {asks or 'It asks you to install nothing.'}\n\n"
    )
    clone = f"git clone --branch {tag} {address}\ncd {address.rsplit('/', 1)[-1]}\n"
    needed = "." if address else ", and the folder of the course. In it, type"
    return (
        "(run)=\n## Run it\n\n"
        "**On the page.** Below the title of each page with code is a button, *Run this page*. It brings Python into "
        "your browser: some 20 MB, loaded once and kept for the next visit. Then every cell is an editor, and *Run*, "
        "or Shift+Enter, runs it. An exercise is checked on its own page, and *Download my notebook* takes away what "
        "you wrote. A copy of the book that was built without Python has no such button.\n\n"
        f"{server if address else ''}"
        f"**On your own machine.** You need Python 3.11, 3.12 or 3.13{needed}\n\n"
        f"```sh\n{clone if address else ''}make lab\n```\n\n"
        "This puts everything into a folder `.venv` inside "
        f"{'the clone' if address else 'that folder'} and opens the chapters in JupyterLab. The README gives the same "
        "steps for a machine without `make`."
    )


def replace(pattern: str, text: str, held: str) -> str:
    """`held` with the one place that matches `pattern` replaced; `ValueError` if there is not one."""
    held, n = re.subn(pattern, lambda _: text, held, flags=re.MULTILINE | re.DOTALL)
    if n != 1:
        raise ValueError(f"expected one place like {pattern!r}, found {n}")
    return held


def config(held: str, address: str, version: str) -> str:
    held = replace(r"^  url: \S*$", f'  url: "{address}"', held)
    return replace(r"^  branch: \S+$", f"  branch: v{version}", held)


def readme(held: str, address: str, version: str) -> str:
    held = replace(r"^- \*\*Read\*\*.*?(?=^- )", read_bullet(address, f"v{version}"), held)
    return replace(r"^- \*\*Run it elsewhere\*\*.*?(?=^- )", elsewhere_bullet(address, f"v{version}"), held)


def citation(held: str, address: str, version: str) -> str:
    code = f"repository-code: {address}\n" if address else ""
    held = replace(r"^version: \S+$", f"version: {version}", held)
    return replace(r"(?:^repository-code: \S+\n)?^keywords:", f"{code}keywords:", held)


def project(held: str, address: str, version: str) -> str:
    named = {"Repository": address, "Documentation": site(address)} if address else {}
    lines = [f'{name} = "{link}"\n' for name, link in named.items() if link]
    urls = f"[project.urls]\n{''.join(lines)}\n" if lines else ""
    after = "[project.optional-dependencies]"
    held = replace(r'^version = "[^"]+"$', f'version = "{version}"', held)
    return replace(rf"(?:^\[project\.urls\]\n[^\[]*)?^{re.escape(after)}", urls + after, held)


def package(held: str, address: str, version: str) -> str:
    return replace(r'^__version__ = "[^"]+"$', f'__version__ = "{version}"', held)


def intro(held: str, address: str, version: str) -> str:
    notebook = json.loads(held)
    (cell,) = (cell for cell in notebook["cells"] if cell["id"] == "run")
    cell["source"] = run_cell(address, f"v{version}").splitlines(keepends=True)
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


#: The files that name the address or the version, each with what writes them; first cells are tools/exercises.py's.
PLACES: dict[str, Callable[[str, str, str], str]] = {
    "_config.yml": config,
    "README.md": readme,
    "CITATION.cff": citation,
    "pyproject.toml": project,
    "coursepkg/__init__.py": package,
    "book/intro.ipynb": intro,
}


def settings(root: Path = ROOT) -> tuple[str, str]:
    """The address, "" for none, and the version that _config.yml holds."""
    repository = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["repository"]
    return repository["url"], repository["branch"].removeprefix("v")


def write(address: str, version: str, root: Path = ROOT) -> None:
    """Write both everywhere: all the files, or none where one of them has no place for it."""
    texts = {}
    for name, renew in PLACES.items():
        try:
            texts[name] = renew((root / name).read_text(encoding="utf-8"), address, version)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    for name, text in texts.items():
        (root / name).write_text(text, encoding="utf-8", newline="\n")
    tool = Path(__file__).with_name("exercises.py")
    subprocess.run([sys.executable, tool, "--root", root], check=True, stdout=subprocess.DEVNULL)


def report(root: Path) -> None:
    """Print what is set and what to type next."""
    address, version = settings(root)
    if address:
        print(f"The course's address is {address}, and notebooks install its tag v{version}.")
        print(f"Readers need that tag: git tag v{version} && git push origin v{version}")
        return
    print(
        f"The course, version {version}, names no address: its pages have no launch buttons, and nothing installs it."
    )
    print(f"To set one: make repository URL={offered(root) or EXAMPLE}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("address", nargs="?", help=f"{EXAMPLE}, or {NONE}")
    parser.add_argument("--version", help="the version, as 0.2.0")
    parser.add_argument("--root", type=Path, default=ROOT, help=argparse.SUPPRESS)
    given = parser.parse_args()
    root = given.root.resolve()
    address, version = settings(root)
    try:
        if given.version and not VERSION.fullmatch(given.version):
            raise ValueError(f"VERSION must be as 0.2.0 or 0.2.0rc1; got {given.version!r}")
        if given.address or given.version:
            write(tidy(given.address) if given.address else address, given.version or version, root)
    except ValueError as error:
        sys.exit(f"{parser.prog}: {error}")
    report(root)


if __name__ == "__main__":
    main()
