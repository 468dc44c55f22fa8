"""The page of the data map: the record of processing, and where each personal field goes."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final

from orgpulse_pipelines.exports.definition import ExportDefinition
from orgpulse_pipelines.exports.load import load_exports
from orgpulse_pipelines.frameworks.load import newest
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.reference_pages.dictionary import data_map
from orgpulse_pipelines.reference_pages.places import DATA_MAP, TABLES, indicator_link
from orgpulse_platform.reference_pages.markdown import code, folded, link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import PERSONAL_DATA, PROTECTORS, contract_link
from orgpulse_platform.settings import WarehouseSettings
from orgpulse_schemas.contract import About
from orgpulse_schemas.registry import all_contracts

_READING: Final = (
    "Every contract that holds personal data stands here with all of its fields: also a field that describes "
    "nobody by itself, such as the day of a course, says something about the person of its event.",
    "Where a field goes is read from the SQL of every table and indicator. A value may go on as itself, be "
    "counted, or be compared; a field that only decides which rows a table holds is not followed there.",
    "Published are tables about nobody, and numbers of people without small ones.",
    "The same stands in every publication as `meta.data_map`; `orgpulse data-map diff` compares two.",
)


def data_map_page() -> Page:
    """The record of processing as the code of this version would publish it."""
    rows = data_map()
    contracts = len({row["contract"] for row in rows})
    return Page(
        DATA_MAP,
        "Data map",
        f"The record of processing: the {contracts} contracts with personal data, why they are processed, "
        "how they are protected, how long they are kept, and where each field goes.",
        tuple(_body(rows)),
        PROTECTORS,
    )


def _body(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    yield from (f"- {said}" for said in _READING)
    yield ""
    yield "## Recipients outside"
    yield ""
    yield from table(
        ("export", "recipient", "country", "purpose", "agreement", "audience"),
        map(_export, load_exports(WarehouseSettings())),
    )
    known = {about.name: about for about in all_contracts().values()}
    for contract, group in groupby(rows, lambda row: row["contract"]):
        yield from _section(known[contract], list(group))


def _export(export: ExportDefinition) -> tuple[str, ...]:
    agreement = export.agreement
    return (
        code(export.id),
        text(f"{export.recipient.name} ({export.recipient.kind})"),
        text(export.recipient.country or "everywhere"),
        text(export.purpose),
        text(f"{agreement.reference}, until {agreement.valid_until}"),
        export.audience,
    )


def _section(about: About, fields: list[dict[str, Any]]) -> Iterator[str]:
    first = fields[0]
    yield f"## {code(about.event_type)}"
    yield ""
    yield from table(("about", ""), _statements(about, first, fields))
    yield from table(
        ("field", "category", "treatment", "published as", "exports"),
        [
            (
                code(field["field"]),
                link(code(field["category"]), PERSONAL_DATA, of=DATA_MAP, heading="Classes"),
                link(code(field["treatment"]), PERSONAL_DATA, of=DATA_MAP, heading="Treatments"),
                ", ".join(map(_column, field["published"])),
                ", ".join(map(code, field["exports"])),
            )
            for field in fields
        ],
    )
    inside = [(field["field"], ", ".join(map(code, field["unpublished"]))) for field in fields]
    rows = [(code(name), columns) for name, columns in inside if columns]
    if rows:
        yield from folded(
            "Columns of the warehouse that only the build reads", table(("field", "columns"), rows)
        )


def _statements(
    about: About, first: dict[str, Any], fields: list[dict[str, Any]]
) -> Iterator[tuple[str, str]]:
    indicators = newest(load_definitions())
    yield "contract", contract_link(about, DATA_MAP)
    yield "controller", text(first["controller"])
    yield "data subjects", text(first["data_subjects"])
    yield "purpose", text(first["purpose"])
    yield "legal basis", text(first["legal_basis"])
    yield (
        "kept",
        f"{first['raw_hours']} hours as published; {first['rejected_hours']} hours encrypted if refused; "
        f"{first['retention_days']:,} days protected",
    )
    yield "topics", ", ".join(map(code, _all(fields, "topics")))
    yield (
        "indicators",
        ", ".join(indicator_link(indicators[name], DATA_MAP) for name in _all(fields, "indicators")),
    )
    yield "recipients inside", text(", ".join(_all(fields, "recipients_inside")))
    yield "recipients outside", text(", ".join(_all(fields, "recipients_outside"))) or "none"
    yield "transfers to", text(", ".join(_all(fields, "transfers"))) or "none"


def _all(fields: list[dict[str, Any]], column: str) -> list[str]:
    return sorted({one for field in fields for one in field[column]})


def _column(name: str) -> str:
    return link(code(name), TABLES, of=DATA_MAP, heading=name.rpartition(".")[0])
