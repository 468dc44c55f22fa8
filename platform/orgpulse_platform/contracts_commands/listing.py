"""What a contract says about itself, as documents and for people."""

from typing import Any

from rich.table import Table
from rich.text import Text

from orgpulse_platform.topics import rejected_topic
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.export import accepted_schema, protected_schema
from orgpulse_schemas.export.rules import rules_in_words
from orgpulse_schemas.export.words import values_in_words
from orgpulse_schemas.registry import versions_of


def summary(about: About, releases: Releases) -> dict[str, Any]:
    """One line of the list of contracts."""
    return {
        "id": about.event_type,
        "family": about.family,
        "system": about.system.id,
        "owner": about.owner,
        "key": about.key,
        "raw_topic": about.raw_topic,
        "events_topic": about.events_topic,
        "fields": len(about.fields),
        "releases": len(releases.of(about.event_type)),
        "released": releases.is_released(about),
    }


def details(about: About, releases: Releases) -> dict[str, Any]:
    """Everything that a contract says, with the schemas of what arrives and what leaves."""
    return {
        **summary(about, releases),
        "meaning": (about.model.__doc__ or "").strip(),
        "source": about.system.uri,
        "rejected_topic": rejected_topic(about.family),
        "purpose": about.purpose,
        "legal_basis": about.legal_basis,
        "data_subjects": about.data_subjects,
        "retention_days": about.retention_days,
        "compatibility": about.compatibility,
        "versions": [version.event_type for version in versions_of(about)],
        "rules": rules_in_words(about),
        "fields": [_field(field) for field in about.fields],
        "accepted": accepted_schema(about),
        "protected": protected_schema(about),
    }


def _field(field: ContractField) -> dict[str, Any]:
    return {
        "id": field.name,
        "meaning": field.meaning,
        "values": values_in_words(field),
        "required": field.required,
        "unit": field.unit,
        "personal_data": field.personal_data.value,
        "treatment": f"{field.treatment.kind.value} {field.treatment.detail}".strip(),
    }


def statements(contract: dict[str, Any]) -> dict[str, str]:
    """What a contract says about itself, by what each statement is called; names stand in backticks."""
    return {
        "source system": contract["system"],
        "CloudEvents source": f"`{contract['source']}`",
        "published on": f"`{contract['raw_topic']}`",
        "record key": f"`{contract['key']}`; events of one key stay in order",
        "protected on": f"`{contract['events_topic']}`",
        "rejected on": f"`{contract['rejected_topic']}`",
        "owner": contract["owner"],
        "purpose": contract["purpose"],
        "legal basis": contract["legal_basis"],
        "data subjects": contract["data_subjects"],
        "retention": f"{contract['retention_days']:,} days",
        "changes": f"{contract['compatibility']} compatible, {_released(contract)}",
        "versions": ", ".join(f"`{version}`" for version in contract["versions"]),
    }


def _released(contract: dict[str, Any]) -> str:
    state = "" if contract["released"] else ", changed since"
    match contract["releases"]:
        case 0:
            return "not released yet"
        case 1:
            return f"released once{state}"
        case times:
            return f"released {times} times{state}"


def contracts_table(rows: list[dict[str, Any]]) -> Table:
    """The list of contracts for people."""
    table = Table("contract", "system", "owner", "fields", "released")
    table.columns[0].overflow = "fold"
    for row in rows:
        released = "yes" if row["released"] else "changed since" if row["releases"] else "no"
        cells = (row["id"], row["system"], row["owner"], str(row["fields"]), released)
        table.add_row(*map(Text, cells))
    return table


def statements_table(contract: dict[str, Any]) -> Table:
    """What a contract says about itself, for people."""
    table = Table(show_header=False, box=None)
    table.add_row("meaning", Text(contract["meaning"]))
    for name, said in statements(contract).items():
        table.add_row(name, Text(said))
    for rule in contract["rules"]:
        table.add_row("rule", Text(rule))
    return table


def fields_table(contract: dict[str, Any]) -> Table:
    """The fields of a contract for people."""
    table = Table("field", "meaning and values", "required", "personal data", "treatment")
    table.columns[0].overflow = "fold"
    for field in contract["fields"]:
        unit = f", in {field['unit']}" if field["unit"] else ""
        row = (field["id"], f"{field['meaning']} – {field['values']}{unit}", _yes_no(field["required"]))
        table.add_row(*map(Text, (*row, field["personal_data"], field["treatment"])))
    return table


def _yes_no(holds: bool) -> str:
    return "yes" if holds else "no"
