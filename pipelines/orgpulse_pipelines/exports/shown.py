"""Exports as people read them."""

from collections.abc import Iterable
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orgpulse_pipelines.exports.definition import ExportDefinition


def exports_document(exports: Iterable[ExportDefinition], day: Any) -> list[dict[str, Any]]:
    """The definitions as JSON objects, with whether their agreements cover a day."""
    return [export.model_dump(mode="json") | {"in_force": export.agreement.covers(day)} for export in exports]


def exports_table(found: Iterable[dict[str, Any]]) -> Table:
    """One line an export."""
    table = Table()
    for name in ("id", "recipient", "kind", "audience", "format", "agreement until", "in force"):
        table.add_column(name)
    for one in found:
        table.add_row(
            one["id"],
            one["recipient"]["name"],
            one["recipient"]["kind"],
            one["audience"],
            one["format"],
            one["agreement"]["valid_until"],
            "yes" if one["in_force"] else "no",
        )
    return table


def export_text(one: dict[str, Any]) -> list[RenderableType]:
    """Everything that a definition says."""
    recipient, agreement, figures = one["recipient"], one["agreement"], one["figures"]
    seat = f", {recipient['country']}" if recipient["country"] else ""
    lines = {
        "recipient": f"{recipient['name']} ({recipient['kind']}, {recipient['place']}{seat})",
        "purpose": one["purpose"],
        "legal basis": one["legal_basis"],
        "agreement": f"{agreement['reference']}, {agreement['valid_from']} to {agreement['valid_until']}"
        + ("" if one["in_force"] else "; it does not cover today"),
        "small numbers": f"what the {one['audience']} audience may see",
        "format": one["format"],
    }
    if figures is not None:
        lines |= {
            "indicators": ", ".join(figures["indicators"]),
            "periods": ", ".join(figures["periods"])
            + (f" since {figures['since']}" if figures["since"] else ""),
            "dimensions": ", ".join(figures["dimensions"]),
            "columns": ", ".join(figures["columns"]),
        }
    lines |= {content["table"]: ", ".join(content["columns"]) for content in one["tables"]}
    table = Table(show_header=False, box=None)
    for name, said in lines.items():
        table.add_row(name, Text(said))
    return [Text(f"{one['title']}  ({one['id']}, version {one['version']})", style="bold"), table]
