"""What the pages carry with them."""

import re

ADDRESS = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')?#]+)""")


def test_every_file_that_a_style_sheet_names_is_there(site):
    sheets = sorted(site.rglob("*.css"))
    assert len(sheets) > 5
    for sheet in sheets:
        for address in ADDRESS.findall(sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / address).exists(), f"{sheet.name} names {address}"


def test_no_page_fetches_a_script_ahead_of_its_styles(site):
    """In whatever order a link's attributes have come to stand."""
    for page in sorted(site.rglob("*.html")):
        links = re.findall(r"<link[^>]*>", page.read_text(encoding="utf-8"))
        assert [link for link in links if 'rel="preload"' in link and 'as="script"' in link] == [], page
