"""What the tests of a page share: its prose, and each of its claims, which the module lists as `CLAIMS`."""

import pytest

from tests.book.prose import Prose


def pytest_generate_tests(metafunc):
    if "claim" in metafunc.fixturenames:
        metafunc.parametrize("claim", metafunc.module.CLAIMS, ids=lambda claim: claim.__name__)


@pytest.fixture(scope="module")
def chapter(request):
    """The page's prose, one for the module, so that the last test knows what the others proved."""
    return Prose(request.path.stem.removeprefix("test_"))


@pytest.fixture
def proven(chapter, request):
    """The page's prose once all its claims have held, those first that no test before has run."""
    for claim in request.module.CLAIMS:
        chapter.proves(claim)
    return chapter
