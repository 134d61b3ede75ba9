"""What the search knows of a page: each thing that can be looked for, with its place, and no answer that is folded."""

import json
import re
from types import SimpleNamespace

import pytest

from benchmarks.live import every_scene
from tests.conftest import ROOT

PAGE = """
<article class="bd-article"><section id="valleys"><h1><span class="number">9</span> Valleys
<a class="headerlink">#</a></h1>
<p>A valley is long.</p><div class="toctree-wrapper"><ul><li>List of pages</li></ul></div>
<div class="highlight"><pre>import numpy</pre></div>
<section id="steep"><h2>How steep?</h2><p>With <math><mi>κ</mi><annotation>\\kappa</annotation></math> it is.</p>
<div class="math">
<math display="block"><mi>η</mi><annotation encoding="application/x-tex">\\eta</annotation></math></div>
<div class="cell_output"><figure class="explorable" id="xp-slide"><div class="head"><p class="title">Slide</p>
<button>Copy link</button></div><div class="ask"><p class="question"><b>Predict.</b> Down?</p>
<details><summary>Answer</summary><p>Secretly up.</p></details></div>
<svg class="xp" role="img" aria-label="A slide."><text>0.5</text></svg></figure></div>
<dl><dt id="term-bowl">bowl<a class="headerlink">#</a></dt><dd><p>A round valley.</p></dd></dl>
<dl class="py"><dt class="sig sig-object py" id="coursepkg.bowl"><span>coursepkg.bowl(x)</span></dt>
<dd><p>Its floor.</p></dd></dl>
<div class="citation" id="id1"><span class="label">[1]</span><p>B. Olw. Bowls. 1901.</p></div></section>
<p>After all.</p></section></article>
"""


@pytest.fixture
def search(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "web"))
    from course_site import search

    return search


def test_each_thing_of_a_page_is_found_at_its_place(search):
    assert search.finds(PAGE) == [
        ["section", "9 Valleys", "valleys", "A valley is long. After all."],
        ["section", "How steep?", "steep", "With κ it is."],
        ["formula", "How steep?", "steep", r"\eta", '<math display="block"><mi>η</mi></math>'],
        ["explorable", "Slide", "xp-slide", "Predict. Down? A slide."],
        ["term", "bowl", "term-bowl", "A round valley."],
        ["name", "coursepkg.bowl", "coursepkg.bowl", "Its floor."],
        ["work", "B. Olw. Bowls. 1901.", "id1", ""],
    ]
    assert search.finds("<main>no article</main>") == []


def test_the_index_is_named_by_what_it_holds_and_each_form_knows_it(search, tmp_path):
    form = '<form action="search.html" class="bd-search">'
    pages = {tmp_path / "book" / "a.html": PAGE + form, tmp_path / "search.html": form}
    once = search.write(tmp_path, pages)
    assert search.write(tmp_path, once) == once
    (index,) = (tmp_path / "_static" / "search").iterdir()
    assert f'data-index="../_static/search/{index.name}">' in once[tmp_path / "book" / "a.html"]
    assert f'data-index="_static/search/{index.name}">' in once[tmp_path / "search.html"]
    search.write(tmp_path, {tmp_path / "book" / "a.html": PAGE.replace("long", "deep") + form})
    assert [path.name for path in index.parent.iterdir()] != [index.name]


def test_sphinx_makes_no_index_of_its_own(search):
    app = SimpleNamespace(builder=SimpleNamespace(search=True))
    search.own(app)
    assert not app.builder.search


#: What a prediction says once it is committed to.
REASONS = [why for scene in every_scene() for why in (scene.ask.because, *scene.ask.slips.values())]


def test_the_index_holds_the_whole_book_and_no_folded_answer(site):
    (path,) = (site / "_static" / "search").iterdir()
    index = json.loads(path.read_text(encoding="utf-8").removeprefix("window.courseIndex = ").removesuffix(";\n"))
    kinds = [find[1] for find in index["finds"]]
    for kind, least in {
        "section": 300,
        "explorable": 30,
        "term": 100,
        "formula": 100,
        "work": 100,
        "name": 300,
    }.items():
        assert kinds.count(kind) >= least, kind
    for page, _, _, anchor, text, *_ in index["finds"]:
        html = (site / index["pages"][page][0]).read_text(encoding="utf-8")
        assert re.search(rf'\bid="{re.escape(anchor)}"', html), (index["pages"][page], anchor)
        assert [why for why in REASONS if why in text] == []
    assert path.stat().st_size < 750_000
