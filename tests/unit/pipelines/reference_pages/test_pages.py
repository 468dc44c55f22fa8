"""The pages of the pipelines say all that the definitions say, and lead where they say."""

import re
from typing import Final

import pytest

from orgpulse_pipelines.definitions import defs
from orgpulse_pipelines.frameworks.load import load_frameworks, newest
from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.reference_pages import pages as contributed
from orgpulse_pipelines.reference_pages.dictionary import published_dictionary
from orgpulse_platform.reference_pages.markdown import anchor, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages import pages as platform_pages

INDICATORS: Final = newest(load_definitions())
FRAMEWORKS: Final = load_frameworks(load_definitions())
LINK: Final = re.compile(r"(?<!\\)\]\((?P<path>[^)#]*)(?:#(?P<fragment>[^)]*))?\)")
HEADING: Final = re.compile(r"^#+ (.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {page.path: page for page in contributed()}


def section(pages: dict[str, Page], one: Definition) -> str:
    """What stands below the heading of an indicator."""
    content = pages[f"indicators/{one.pillar}.md"].content.decode()
    return content.split(f"\n## {text(one.title)}\n", 1)[1].split("\n## ", 1)[0]


def test_there_is_a_page_for_each_pillar_the_frameworks_and_the_tables(pages: dict[str, Page]) -> None:
    assert list(pages) == [
        "indicators/README.md",
        "indicators/principled.md",
        "indicators/purposeful.md",
        "indicators/prepared.md",
        "frameworks.md",
        "tables.md",
        "data-map.md",
        "field-treatment.md",
    ]


@pytest.mark.parametrize("one", INDICATORS.values(), ids=lambda one: one.id)
def test_indicator_tells_all_that_its_definition_says(pages: dict[str, Page], one: Definition) -> None:
    said = section(pages, one)
    stated = (one.definition, one.formula, one.owner, one.standard, one.limitations)
    assert [words for words in stated if text(words) not in said] == []
    assert f"| id | `{one.id}` |" in said
    assert all(f"`{part}`" in said for part in (*one.periods, *one.places, *one.dimensions))
    for measure in one.measures.values():
        assert measure.sql.strip() in said


def test_target_and_its_source_stand_with_the_indicator(pages: dict[str, Page]) -> None:
    said = section(pages, INDICATORS["development_fund_budget"])
    assert (
        "| target | 20,000,000 USD, near within 1,000,000; measured from the figure of 2016. Goal set" in said
    )


def test_indicator_names_the_items_that_it_serves(pages: dict[str, Page]) -> None:
    for framework in FRAMEWORKS:
        for item in framework.items:
            for mapping in item.indicators:
                said = section(pages, INDICATORS[mapping.indicator])
                linked = f"[{text(framework.title)}](../frameworks.md#{anchor(framework.title)})"
                assert f"{linked}: {text(item.title)}" in said


def test_framework_tells_what_each_indicator_earns(pages: dict[str, Page]) -> None:
    said = pages["frameworks.md"].content.decode()
    assert all(text(one.limitations) in said for one in FRAMEWORKS)
    assert "| 1 | 25 earns 0, 47 earns 80, 50 earns 100; in % |" in said
    assert "; by the scores of the offices |" in said
    assert "### 12 Women in equal numbers at every level" in said


def test_dictionary_holds_every_table_of_the_build_but_those_about_people() -> None:
    listed = {one.name for one in published_dictionary()}
    about_people = {model.name for model in load_models() if model.metadata.people}
    built = {
        ".".join(node.key.path)
        for node in defs.resolve_asset_graph().asset_nodes
        if node.group_name in ("core", "marts", "indicators")
    }
    assert built - about_people <= listed
    assert listed.isdisjoint(about_people)
    assert {name.partition(".")[0] for name in listed} == {"answers", "core", "indicators", "marts", "meta"}


def test_every_column_of_the_dictionary_has_a_type_and_a_meaning(pages: dict[str, Page]) -> None:
    said = pages["tables.md"].content.decode()
    for table in published_dictionary():
        assert table.comment
        assert f"\n## `{table.name}`\n" in said
        assert all(type_ and meaning for _, type_, meaning in table.columns), table.name


def test_every_link_leads_to_a_heading_of_a_page(pages: dict[str, Page]) -> None:
    known = {page.path: page.content.decode() for page in (*pages.values(), *platform_pages())}
    anchors = {path: set(map(anchor, HEADING.findall(content))) for path, content in known.items()}
    for path, page in pages.items():
        for found in LINK.finditer("\n".join((page.summary, *page.body))):
            target = resolved(path, found["path"])
            assert target in known, (path, found.group())
            assert found["fragment"] is None or found["fragment"] in anchors[target], (path, found.group())


def resolved(page: str, target: str) -> str:
    """Where a link of a page leads, below the reference."""
    if not target:
        return page
    parts = page.split("/")[:-1]
    for part in target.split("/"):
        parts = parts[:-1] if part == ".." else [*parts, part]
    return "/".join(parts)


def test_pages_hold_nothing_of_this_machine(pages: dict[str, Page], tmp_path: object) -> None:
    for page in pages.values():
        assert b"/tmp/" not in page.content
        assert str(tmp_path).encode() not in page.content
