"""The page of the code lists: which there are, where they come from, and the short ones in full."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from orgpulse_platform.reference_pages.docstrings import attribute_docstrings
from orgpulse_platform.reference_pages.markdown import code, link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import (
    CODE_LISTS,
    PUBLISHERS,
    contract_link,
)
from orgpulse_schemas import classification
from orgpulse_schemas.codes.code_list import CodeList
from orgpulse_schemas.contract import About
from orgpulse_schemas.export.words import code_list_of, codes_of
from orgpulse_schemas.registry import all_contracts

SHORT: Final = 40
"""A list of more codes than these is not shown in full."""


@dataclass(frozen=True, slots=True)
class _Coded:
    """A field whose values are codes."""

    about: About
    name: str
    codes: tuple[str, ...]
    shared: CodeList | None
    """The list that it shares with others; none if the field has codes of its own."""


def code_lists_page() -> Page:
    """Every code list."""
    return Page(
        CODE_LISTS,
        "Code lists",
        "The codes that fields take: the lists that contracts share, and those of a single field.",
        tuple(_body()),
        PUBLISHERS,
    )


def _coded_fields() -> list[_Coded]:
    fields = ((about, field) for about in all_contracts().values() for field in about.fields)
    coded = (_Coded(about, field.name, codes_of(field), code_list_of(field)) for about, field in fields)
    return [field for field in coded if field.codes]


def _body() -> Iterator[str]:
    shared: defaultdict[str, list[_Coded]] = defaultdict(list)
    own: defaultdict[tuple[str, tuple[str, ...]], list[_Coded]] = defaultdict(list)
    for field in _coded_fields():
        if field.shared is None:
            own[field.name, field.codes].append(field)
        else:
            shared[field.shared.title].append(field)
    yield "A value that is not in its list is rejected as `invalid_value`. Capital and small letters matter."
    yield ""
    yield from _shared([shared[title] for title in sorted(shared)])
    yield from _envelope()
    yield from _own([own[key] for key in sorted(own)])


def _shared(lists: list[list[_Coded]]) -> Iterator[str]:
    yield from table(("list", "codes", "source"), [_overview(fields[0]) for fields in lists])
    for fields in lists:
        yield from _section(fields)


def _overview(field: _Coded) -> tuple[str, ...]:
    listed = _list(field)
    return _to(listed), f"{len(field.codes)}", text(listed.source)


def _to(listed: CodeList) -> str:
    return link(listed.title, CODE_LISTS, of=CODE_LISTS, heading=listed.title)


def _section(fields: list[_Coded]) -> Iterator[str]:
    listed, codes = _list(fields[0]), fields[0].codes
    yield f"## {listed.title}"
    yield ""
    yield text(listed.source)
    yield ""
    if len(codes) <= SHORT:
        yield f"{len(codes)} codes: {', '.join(map(code, codes))}."
    else:
        yield f"{len(codes)} codes, from {code(codes[0])} to {code(codes[-1])}."
    yield ""
    yield "Used by:"
    yield ""
    yield from (f"- {code(field.name)} of {contract_link(field.about, CODE_LISTS)}" for field in fields)
    yield ""


def _list(field: _Coded) -> CodeList:
    if field.shared is None:
        raise ValueError(f"{field.name} has codes of its own")
    return field.shared


def _envelope() -> Iterator[str]:
    yield "## Data classification"
    yield ""
    yield "A contract says of its events how confidential they are. An event that states a value that is not"
    yield "understood is refused; one that asks for more than its contract keeps that once it is protected;"
    yield "one that states none, or less, is taken as its contract says."
    yield ""
    said = attribute_docstrings(classification)
    for name in ("LEVELS", "REGULATIONS", "CATEGORIES"):
        codes = list(getattr(classification, name))
        yield f"- {text(said[name])} {len(codes)} codes: {', '.join(map(code, codes))}."
    yield ""


def _own(lists: list[list[_Coded]]) -> Iterator[str]:
    yield "## Codes of single fields"
    yield ""
    yield "What each field means stands with its contract."
    yield ""
    yield from table(("field", "codes", "contracts"), [_own_row(fields) for fields in lists])


def _own_row(fields: list[_Coded]) -> tuple[str, ...]:
    contracts = ", ".join(contract_link(field.about, CODE_LISTS) for field in fields)
    return code(fields[0].name), ", ".join(map(code, fields[0].codes)), contracts
