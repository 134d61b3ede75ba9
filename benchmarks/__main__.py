"""All benchmarks, one after the other: ``make bench``, or ``python -m benchmarks NAME`` for some.

They print ratios between rivals that took turns in one run: seconds depend on the machine, ratios hardly. The
exit status is 1 where a bar is missed.
"""

import argparse
import importlib
import sys
from time import perf_counter

from benchmarks import PARTS
from benchmarks.report import DEFAULT, FULL, TINY, write


def main(arguments: list[str] | None = None) -> int:
    """Run the parts that were asked for; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="NAME", help=f"some of {', '.join(PARTS)}; all by default")
    parser.add_argument("--full", action="store_true", help="every page and more rounds: half an hour")
    parser.add_argument("--tiny", action="store_true", help="one short round of each, whose bars say nothing")
    parser.add_argument("--write", action="store_true", help="write what was found into the README's table")
    given = parser.parse_args(arguments)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    size = FULL if given.full else TINY if given.tiny else DEFAULT
    rows = []
    for name in given.parts or PARTS:
        part = importlib.import_module(f"benchmarks.{name}")
        print(f"\n## {name}: {part.__doc__.splitlines()[0]}\n", flush=True)
        begin = perf_counter()
        rows += part.main(size)
        print(f"\n({name} took {perf_counter() - begin:.0f} s)", flush=True)
    print("\n## All bars\n\n| measure | found | bar |\n|---|---|---|")
    for row in rows:
        print(f"{row}{'' if row.holds else ' **missed**'}")
    if given.write:
        print("\nWritten into the README:", ", ".join(write(rows)) or "nothing")
    missed = [row.measure for row in rows if not row.holds]
    print(f"\nMissed: {'; '.join(missed)}" if missed else "\nAll bars hold.")
    return int(bool(missed) and not given.tiny)


if __name__ == "__main__":
    sys.exit(main())
