"""What a contract says about itself, as documents and for people."""

from typing import Any

from rich.table import Table
from rich.text import Text

from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.export import accepted_schema, protected_schema


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
        "purpose": about.purpose,
        "legal_basis": about.legal_basis,
        "data_subjects": about.data_subjects,
        "retention_days": about.retention_days,
        "compatibility": about.compatibility,
        "fields": [_field(field) for field in about.fields],
        "accepted": accepted_schema(about),
        "protected": protected_schema(about),
    }


def _field(field: ContractField) -> dict[str, Any]:
    return {
        "id": field.name,
        "meaning": field.meaning,
        "required": field.required,
        "unit": field.unit,
        "personal_data": field.personal_data.value,
        "treatment": f"{field.treatment.kind.value} {field.treatment.detail}".strip(),
    }


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
    for name in ("meaning", "owner", "system", "source", "purpose", "legal_basis", "data_subjects"):
        table.add_row(name.replace("_", " "), Text(contract[name]))
    table.add_row("kept", f"{contract['retention_days']} days on {contract['events_topic']}")
    table.add_row("published on", f"{contract['raw_topic']}, key {contract['key']}")
    table.add_row("changes", f"{contract['compatibility']} compatible, released {contract['releases']} times")
    return table


def fields_table(contract: dict[str, Any]) -> Table:
    """The fields of a contract for people."""
    table = Table("field", "meaning", "required", "unit", "personal data", "treatment")
    for field in contract["fields"]:
        required = "yes" if field["required"] else "no"
        row = (field["id"], field["meaning"], required, field["unit"] or "")
        table.add_row(*map(Text, (*row, field["personal_data"], field["treatment"])))
    return table
