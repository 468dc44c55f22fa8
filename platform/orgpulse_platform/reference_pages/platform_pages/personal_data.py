"""The page of the personal data: classes, treatments, and every field that says something about a person."""

from collections import Counter
from collections.abc import Iterator

from orgpulse_platform.keyring import PSEUDONYM_DOMAINS
from orgpulse_platform.reference_pages.docstrings import attribute_docstrings
from orgpulse_platform.reference_pages.markdown import code, link, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import (
    PERSONAL_DATA,
    PROTECTORS,
    TOPICS,
    contract_link,
)
from orgpulse_platform.topics import TopicKind
from orgpulse_schemas import privacy
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.privacy import AGE_BAND, PersonalData, TreatmentKind
from orgpulse_schemas.registry import all_contracts

Personal = list[tuple[About, ContractField]]


def personal_data_page() -> Page:
    """Which personal data source systems publish, why, and what leaves protection of it."""
    return Page(
        PERSONAL_DATA,
        "Personal data",
        "Which personal data is published, whose and why, and what protection does with each field.",
        tuple(_body()),
        PROTECTORS,
    )


def _body() -> Iterator[str]:
    fields = [(about, field) for about in all_contracts().values() for field in about.fields]
    personal = [(about, field) for about, field in fields if field.personal_data is not PersonalData.NONE]
    raw, rejected = (
        link(f"{kind.value} topics", TOPICS, of=PERSONAL_DATA, heading=kind.value)
        for kind in (TopicKind.RAW, TopicKind.REJECTED)
    )
    yield f"{len(personal)} of the {len(fields)} fields of all contracts say something about a person."
    yield f"As published they stand on the {raw} and, encrypted, on the {rejected}, each for a short time."
    yield "What no contract names does not pass protection at all."
    yield ""
    yield from _classes(fields)
    yield from _treatments(personal)
    yield from _reasons(personal)
    yield from _fields(personal)


def _classes(fields: Personal) -> Iterator[str]:
    said = attribute_docstrings(PersonalData)
    count = Counter(field.personal_data for _, field in fields)
    yield "## Classes"
    yield ""
    yield from table(
        ("class", "meaning", "fields"),
        [(code(kind.value), text(said[kind.name]), f"{count[kind]}") for kind in PersonalData],
    )


def _treatments(personal: Personal) -> Iterator[str]:
    said = attribute_docstrings(TreatmentKind)
    count = Counter(field.treatment.kind for _, field in personal)
    yield "## Treatments"
    yield ""
    yield from table(
        ("treatment", "what leaves", "personal fields"),
        [(code(kind.value), text(said[kind.name]), f"{count[kind]}") for kind in TreatmentKind],
    )
    domains = ", ".join(map(code, PSEUDONYM_DOMAINS))
    yield f"- Domains of pseudonyms, each with a key of its own: {domains}."
    yield f"- {code(AGE_BAND.detail)}: {text(attribute_docstrings(privacy)['AGE_BAND'])}"
    yield ""


def _reasons(personal: Personal) -> Iterator[str]:
    contracts = {about.event_type: about for about, _ in personal}
    yield "## Purposes"
    yield ""
    yield f"The {len(contracts)} contracts with personal data, and how many days the protected event is kept."
    yield ""
    yield from table(
        (
            "contract",
            "whose data",
            "purpose",
            "legal basis",
            "owner",
            "days",
            "class as published, protected",
        ),
        [
            (
                contract_link(about, PERSONAL_DATA),
                text(about.data_subjects),
                text(about.purpose),
                text(about.legal_basis),
                text(about.owner),
                f"{about.retention_days:,}",
                f"{about.classification.level}, {about.protected_classification.level}",
            )
            for about in contracts.values()
        ],
    )


def _fields(personal: Personal) -> Iterator[str]:
    yield "## Fields"
    yield ""
    yield from table(
        ("contract", "field", "meaning", "class", "treatment"),
        [
            (
                contract_link(about, PERSONAL_DATA),
                code(field.name),
                text(field.meaning),
                code(field.personal_data.value),
                code(f"{field.treatment.kind.value} {field.treatment.detail}".strip()),
            )
            for about, field in personal
        ],
    )
