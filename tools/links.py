"""Ask for each address outside of the site to which its pages lead, and name those that are gone.

    python tools/links.py [SITE]            SITE is _build/html where none is named
    python tools/links.py --list [SITE]     only list them

An address is gone where its host does not exist, or answers that it has no such page. Hosts that refuse to answer a
program, or are out of order today, are named as well, but are no fault.
"""

import re
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from http.client import HTTPException
from pathlib import Path
from socket import gaierror
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[1]
LINK = re.compile(r'<a (?=[^>]*?\bhref="(https?://[^"#]+))')
GONE = (404, 410)
AGENT = "Mozilla/5.0 (a check of links; once a week)"


def outside(site: Path) -> dict[str, str]:
    """The addresses outside, each with the first page that leads there."""
    found: dict[str, str] = {}
    for path in sorted(site.rglob("*.html")):
        for address in LINK.findall(path.read_text(encoding="utf-8")):
            found.setdefault(unescape(address), path.relative_to(site).as_posix())
    return found


def asked(address: str, wait: float = 30) -> tuple[bool, str]:
    """Whether an address is gone, and what became of the question; "" where all is well."""
    try:
        with urlopen(Request(address, headers={"User-Agent": AGENT}), timeout=wait) as answer:
            answer.read(1)
        return False, ""
    except HTTPError as error:
        return error.code in GONE, f"answers {error.code}"
    except URLError as error:
        return isinstance(error.reason, gaierror), f"cannot be reached: {error.reason}"
    except (OSError, HTTPException) as error:
        return False, f"cannot be reached: {error}"


def check(addresses: Iterable[str]) -> dict[str, tuple[bool, str]]:
    """What became of each question that was not well answered."""
    addresses = list(addresses)
    with ThreadPoolExecutor(8) as pool:
        return {one: said for one, said in zip(addresses, pool.map(asked, addresses), strict=True) if said[1]}


def main(arguments: list[str]) -> int:
    """Print what is found, and return what the process exits with."""
    places = [argument for argument in arguments if not argument.startswith("--")]
    known = outside(Path(places[0]) if places else ROOT / "_build" / "html")
    if "--list" in arguments:
        print("\n".join(f"{address}  ({page})" for address, page in sorted(known.items())))
        return 0
    found = check(known)
    for address, (gone, said) in sorted(found.items(), key=lambda one: not one[1][0]):
        print(f"{'GONE' if gone else 'unsure'}: {address} {said}, from {known[address]}")
    lost = sum(gone for gone, _ in found.values())
    print(f"{len(known)} addresses outside the site, {lost} of them gone")
    return int(lost > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
