"""All benchmarks, one table after the other: ``make bench``, or ``python -m benchmarks NAME`` for some.

They print ratios between rivals that took turns in one run. Seconds depend on the machine, ratios hardly.
"""

import importlib
import pkgutil
import sys

import benchmarks

if __name__ == "__main__":
    known = [module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__"]
    names = sys.argv[1:] or known
    if unknown := set(names) - set(known):
        sys.exit(f"no benchmark called {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    for name in names:
        module = importlib.import_module(f"benchmarks.{name}")
        if hasattr(module, "main"):
            print(f"\n## {name}: {module.__doc__.splitlines()[0]}\n", flush=True)
            module.main()
