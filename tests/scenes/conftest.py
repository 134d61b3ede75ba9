"""The scenes' writers, which draw a scene as the page shows it."""

import pytest

from coursepkg.explorable.scene import SCENES
from coursepkg.explorable.static import Writer


class Writers(dict):
    """The writer of each scene, by the scene's name; made when it is first asked for."""

    def __missing__(self, name: str) -> Writer:
        self[name] = Writer(SCENES[name])
        return self[name]


@pytest.fixture(scope="module")
def writers():
    """Each scene's writer, made once."""
    return Writers()
