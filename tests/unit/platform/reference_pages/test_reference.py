"""The reference in the project is what the code says, complete, and leads where it says."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from orgpulse_platform.reference_pages.folder import differences
from orgpulse_platform.reference_pages.index import reference
from orgpulse_platform.reference_pages.markdown import anchor
from orgpulse_platform.reference_pages.page import Page, contributed_pages
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS

PROJECT: Final = Path(__file__).resolve().parents[4]
FOLDER: Final = PROJECT / "docs" / "reference"
READER: Final = MarkdownIt("commonmark").enable("table")
DOCUMENTS: Final = [PROJECT / "README.md", *sorted((PROJECT / "docs").rglob("*.md"))]


@pytest.fixture(scope="module")
def pages() -> dict[str, Page]:
    return {page.path: page for page in reference(contributed_pages())}


def test_reference_in_the_project_says_what_the_code_says(pages: dict[str, Page]) -> None:
    found = [
        f"{difference.path} is {difference.state}" for difference in differences(FOLDER, list(pages.values()))
    ]
    assert not found, f"{'; '.join(found)}. Run `make docs` and commit what it changes in docs/reference."


def test_every_contract_has_a_section_with_all_its_fields(pages: dict[str, Page]) -> None:
    for about in all_contracts().values():
        page = pages[f"contracts/{about.family}.md"].content.decode()
        section = page.split(f"\n## `{about.event_type}`\n")[1].split("\n## ")[0]
        for field in about.fields:
            assert f"\n| `{field.name}` | " in section, (about.event_type, field.name)
        for stated in (about.raw_topic, about.events_topic, about.system.uri, about.key):
            assert f"`{stated}`" in section
        assert "An example as it is published" in section


def test_every_system_reason_and_contract_stands_on_its_page(pages: dict[str, Page]) -> None:
    systems = pages["source-systems.md"].content.decode()
    assert all(f"\n## {system.id} {system.title}\n" in systems for system in SYSTEMS.values())
    assert all(f"[`{event_type}`]" in systems for event_type in all_contracts())
    reasons = pages["reason-codes.md"].content.decode()
    assert all(f"\n| `{reason.value}` | " in reasons for reason in Reason)


def test_upgrade_is_told_field_by_field(pages: dict[str, Page]) -> None:
    section = pages["contracts/hr.md"].content.decode().split("\n## `org.hr.appraisal.completed.v2`\n")[1]
    assert "| `raters` | nothing: always `null` |" in section
    assert '| `corporate_goal` | `aligned_to_corporate_goal`: `true` becomes `"not_named"`' in section


def test_every_page_can_be_reached_from_the_index(pages: dict[str, Page]) -> None:
    reached, waiting = set[str](), ["README.md"]
    while waiting:
        path = waiting.pop()
        reached.add(path)
        targets = {
            (FOLDER / path).parent.joinpath(link.partition("#")[0]).resolve()
            for link in links_of(FOLDER / path)
        }
        waiting += [other for other in pages.keys() - reached if (FOLDER / other).resolve() in targets]
    assert reached == pages.keys()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(PROJECT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    astray = [link for link in links_of(document) if not leads_somewhere(document, link)]
    assert astray == []


@cache
def tokens_of(document: Path) -> list[Token]:
    return READER.parse(document.read_text())


def links_of(document: Path) -> list[str]:
    """The relative links of a document."""
    inline = [child for token in tokens_of(document) for child in token.children or []]
    targets = [str(child.attrGet("href")) for child in inline if child.type == "link_open"]
    return [unquote(target) for target in targets if not re.match(r"[a-z]+:", target)]


def target_of(document: Path, link: str) -> Path:
    path = link.partition("#")[0]
    return (document.parent / path).resolve() if path else document


def leads_somewhere(document: Path, link: str) -> bool:
    target, fragment = target_of(document, link), link.partition("#")[2]
    return target.exists() and (not fragment or fragment in anchors_of(target))


@cache
def anchors_of(document: Path) -> set[str]:
    """The fragments that GitHub gives the headings of a document: the second of two alike gets a number."""
    tokens, found = tokens_of(document), Counter[str]()
    anchors = set()
    for heading, inline in pairwise(tokens):
        if heading.type == "heading_open":
            shown = anchor("".join(child.content for child in inline.children or []))
            anchors.add(f"{shown}-{found[shown]}" if found[shown] else shown)
            found[shown] += 1
    return anchors
