"""Worker: ``python -m coursepkg.explorable.worker MODULE SCENE FIRST LAST`` writes some frames as JSON."""

import json
import sys
from importlib import import_module

from .static import Writer

if __name__ == "__main__":
    module, name, first, last = sys.argv[1:]
    scene = getattr(import_module(module), name)
    writer = Writer(scene)
    frames = writer.frames(list(scene.states())[int(first) : int(last)])
    json.dump({"frames": frames, "clips": writer.svg.clips}, sys.stdout)
