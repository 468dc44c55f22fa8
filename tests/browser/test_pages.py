"""Every kind of page, as it opens: nothing fails, nothing is asked for elsewhere, everybody can read it."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}
NARROWEST = {"width": 320, "height": 640}
"""What WCAG 2.2 asks for: a page is read there without scrolling sideways."""


def pages_of(site):
    """One page of each kind, and indicators that are withheld or measured by the year in many offices."""
    withheld = next(one for one, found in site.content.headline.items() if found.suppressed)
    return [*site.examples.values(), *(f"indicator/{one}.html" for one in (withheld, "controls_attested"))]


def violations(page):
    found = Axe().run(page, options={"runOnly": STANDARD, "preload": False}).response["violations"]
    return [
        f"{page.url}: {one['id']}: {node['html'][:200]} {node['failureSummary'][:300]}"
        for one in found
        for node in one["nodes"][:3]
    ]


def wider_than_the_screen(page):
    page.set_viewport_size(NARROWEST)
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{page.url} is {wide} pixels wide"] if wide > NARROWEST["width"] else []


VIEWS = {
    "desk": {"color_scheme": "light", "viewport": DESK},
    "phone": {"color_scheme": "dark", "viewport": PHONE},
}


@pytest.mark.parametrize("view", VIEWS.values(), ids=VIEWS)
def test_every_kind_of_page_opens_offline_and_is_accessible(site, reader, view):
    someone = reader(reduced_motion="reduce", **view)
    failed = []
    for path in pages_of(site):
        someone.open(path)
        someone.draw()
        failed += violations(someone.page)
        failed += wider_than_the_screen(someone.page)
        someone.page.set_viewport_size(view["viewport"])
    assert not failed, "\n".join(failed)


def test_no_link_leads_nowhere(site):
    reference = re.compile(r'(?:href|src)="([^"#?]+)"')
    broken = set()
    known = {path for path in site.path.rglob("*") if path.is_file()}
    for page in site.path.rglob("*.html"):
        for link in reference.findall(page.read_text()):
            target = Path(os.path.normpath(page.parent / link))
            if link != "data:," and target not in known and site.path in target.parents:
                broken.add(f"{page.relative_to(site.path)}: {link}")
    assert broken == set()


def test_every_topic_and_page_about_the_data_opens_with_its_charts(site, reader):
    someone = reader()
    for folder in ("topic", "data"):
        for path in sorted((site.path / "en" / folder).glob("*.html")):
            someone.open(f"{folder}/{path.name}")
            someone.draw()
            assert someone.texts("h1") != [""]
