"""``python -m coursepkg.explorable MODULE:SCENE -o FILE.html`` writes a scene as one HTML file."""

import argparse
from importlib import import_module

from .scene import Scene, SceneError
from .show import write_html


def main(arguments: list[str] | None = None) -> None:
    """Do what the command line asks, or say in a line why not."""
    parser = argparse.ArgumentParser(
        prog="python -m coursepkg.explorable", description="Write a scene as one HTML file."
    )
    parser.add_argument("scene", metavar="MODULE:SCENE", help="where the scene is, as coursepkg.scenes.descent:valley")
    parser.add_argument("-o", "--output", metavar="FILE", required=True, help="the file to write, as valley.html")
    asked = parser.parse_args(arguments)
    module, _, name = asked.scene.partition(":")
    try:
        scene = getattr(import_module(module), name, None)
    except ModuleNotFoundError as error:
        parser.error(f"MODULE:SCENE names no module: {error}")
    if not isinstance(scene, Scene):
        parser.error(f"MODULE:SCENE must name a scene, as {module}:wave; {name!r} of {module} is {scene!r}")
    try:
        write_html(scene, asked.output)
    except SceneError as error:
        parser.exit(1, f"{error}\n")


if __name__ == "__main__":
    main()
