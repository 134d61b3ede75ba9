"""Names of explorables in a Sphinx environment: kept page by page, purged and merged, and held to their rule."""

from types import SimpleNamespace

import pytest
from docutils.utils import new_document
from sphinx.errors import ExtensionError

from coursepkg.explorable.names import Names, check, explorable_figure, names


def read(env, page, *found):
    """A page is read that has these (name, hash)."""
    env.docname = page
    Names.clear_doc(None, None, env, page)
    document = new_document(page)
    for name, mark in found:
        bundle = {"kind": "explorable", "name": name, "hash": mark, "states": "AAAA", "controls": []}
        document += explorable_figure(bundle=bundle, seconds=0.1)
    document += explorable_figure(bundle={"kind": "still"}, seconds=0)
    Names.process_doc(None, SimpleNamespace(env=env), document)


def test_one_explorable_may_stand_on_many_pages_once_on_each():
    env = SimpleNamespace()
    read(env, "one", ("wave", "a"), ("tide", "b"))
    read(env, "two", ("wave", "a"))
    check(None, env)
    assert names(env) == {"one": [("wave", "a"), ("tide", "b")], "two": [("wave", "a")]}


def test_two_of_one_name_are_told_by_their_pages():
    env = SimpleNamespace()
    read(env, "one", ("wave", "a"))
    read(env, "two", ("wave", "b"))
    with pytest.raises(ExtensionError, match=r"two explorables are named 'wave': on one and on two. Mend: rename one"):
        check(None, env)
    read(env, "two", ("wave", "a"))  # edited
    check(None, env)


def test_one_twice_on_a_page_is_told():
    env = SimpleNamespace()
    read(env, "one", ("wave", "a"), ("wave", "a"))
    with pytest.raises(ExtensionError, match="'wave' stands twice on one"):
        check(None, env)


def test_a_renamed_page_leaves_no_name_behind():
    env = SimpleNamespace()
    read(env, "waves", ("wave", "a"))
    Names.clear_doc(None, None, env, "waves")
    read(env, "ripples", ("wave", "b"))
    check(None, env)


def test_what_another_process_read_is_taken_over():
    env, other = SimpleNamespace(), SimpleNamespace()
    read(env, "one", ("wave", "a"))
    read(other, "two", ("wave", "b"))
    read(other, "three", ("tide", "c"))
    Names.merge_other(None, None, env, {"three"}, other)
    assert set(names(env)) == {"one", "three"}
    Names.merge_other(None, None, env, {"two"}, other)
    with pytest.raises(ExtensionError, match="on one and on two"):
        check(None, env)
