"""The page of the treatments: what passes protection and what for, and what no indicator needs."""

from collections.abc import Iterator

from orgpulse_pipelines.indicators.needs import about_somebody, needed_fields
from orgpulse_pipelines.reference_pages.places import TREATMENTS
from orgpulse_platform.reference_pages.markdown import code, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import PROTECTORS, contract_link
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.protected import dropped
from orgpulse_schemas.registry import all_contracts

Field = tuple[About, ContractField]


def treatments_page() -> Page:
    """Every field that says something about somebody, and what it is needed for."""
    return Page(
        TREATMENTS,
        "Field treatment",
        "What passes protection and what for; what no indicator needs.",
        tuple(_body()),
        PROTECTORS,
    )


def _body() -> Iterator[str]:
    contracts = list(all_contracts().values())
    somebodys = [(about, field) for about in contracts for field in about_somebody(about)]
    yield "Whether an indicator needs a field is read from the queries, from indicators back to events:"
    yield "a field is needed if a figure shows it, joins or filters by it. A test holds the two rules below."
    yield ""
    yield "## About somebody"
    yield ""
    yield "Personal fields, and whatever else stands in an event beside somebody's pseudonym. They pass if"
    yield "an indicator needs them, or for the reason that the contract gives; case data only if both hold."
    yield ""
    yield from _table(("class", "treatment", "needed"), ((*one, _said(*one)) for one in somebodys))
    yield "## Dropped"
    yield ""
    yield "They are checked on arrival and do not pass."
    yield ""
    stopped = [
        (about, field) for about in contracts for field in about.fields if field.name in dropped(about)
    ]
    yield from _table(("class",), ((*one, (_class(one[1]),)) for one in stopped))
    yield from _case_data(contracts)
    passing = [
        (about, field) for about in contracts for field in about.fields if field.name not in dropped(about)
    ]
    unread = [one for one in passing if one not in somebodys and not _is_needed(*one)]
    yield "## Needed by no indicator"
    yield ""
    yield f"{len(unread)} fields pass although no indicator needs them. They say nothing about anybody;"
    yield "analysts and checks of the warehouse may read them."
    yield ""
    yield from _table(("meaning",), ((*one, (text(one[1].meaning),)) for one in unread))


def _case_data(contracts: list[About]) -> Iterator[str]:
    yield "## Case data"
    yield ""
    yield "Of somebody's case nothing passes but what the contract says is needed, whatever its type"
    yield "says. A contract of such a family that tells of no case says why:"
    yield ""
    rows = [
        (contract_link(about, TREATMENTS), "yes" if about.case_data else f"no: {text(about.eased)}")
        for about in contracts
        if about.case_data or about.eased
    ]
    yield from table(("contract", "case data"), rows)


def _table(
    heads: tuple[str, ...], rows: Iterator[tuple[About, ContractField, tuple[str, ...]]]
) -> Iterator[str]:
    yield from table(
        ("contract", "field", *heads),
        [(contract_link(about, TREATMENTS), code(field.name), *said) for about, field, said in rows],
    )


def _said(about: About, field: ContractField) -> tuple[str, ...]:
    treatment = f"{field.treatment.kind.value} {field.treatment.detail}".strip()
    reasons = ["by indicators" if _is_needed(about, field) else "", text(field.needed)]
    return _class(field), code(treatment), ": ".join(filter(None, reasons))


def _class(field: ContractField) -> str:
    return code(field.personal_data.value)


def _is_needed(about: About, field: ContractField) -> bool:
    return (about.event_type, field.name) in needed_fields()
