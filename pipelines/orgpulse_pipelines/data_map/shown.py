"""The data map as people read it."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from orgpulse_pipelines.data_map.difference import Change

_OF_CONTRACT = ("controller", "purpose", "legal_basis", "data_subjects", "retention_days")


def contracts_table(rows: Iterable[dict[str, Any]]) -> Table:
    """One line a contract."""
    table = Table()
    for name in ("contract", "data subjects", "controller", "personal", "days", "indicators", "outside"):
        table.add_column(name)
    for contract, group in groupby(rows, lambda row: row["contract"]):
        fields = list(group)
        table.add_row(
            contract,
            fields[0]["data_subjects"],
            fields[0]["controller"],
            str(sum(field["category"] != "none" for field in fields)),
            str(fields[0]["retention_days"]),
            str(len({name for field in fields for name in field["indicators"]})),
            ", ".join(sorted({name for field in fields for name in field["recipients_outside"]})),
        )
    return table


def contract_text(rows: list[dict[str, Any]]) -> list[RenderableType]:
    """Everything about each of some contracts."""
    shown: list[RenderableType] = []
    for contract, group in groupby(rows, lambda row: row["contract"]):
        fields = list(group)
        shown.append(Text(contract, style="bold"))
        about = Table(show_header=False, box=None)
        for name in _OF_CONTRACT:
            about.add_row(name.replace("_", " "), Text(str(fields[0][name])))
        shown.append(about)
        table = Table()
        for name in ("field", "category", "treatment", "published as", "indicators", "exports"):
            table.add_column(name)
        for field in fields:
            lists = (field["published"], field["indicators"], field["exports"])
            table.add_row(field["field"], field["category"], field["treatment"], *map("\n".join, lists))
        shown.append(table)
    return shown


def changes_text(found: list[Change]) -> list[RenderableType]:
    """The changes in words, in two parts."""
    if not found:
        return [Text("Nothing changed.")]
    shown: list[RenderableType] = []
    for look, heading in ((True, "To look at"), (False, "Also changed")):
        part = [one for one in found if one.look is look]
        if part:
            shown.append(Text(f"{heading} ({len(part)})", style="bold"))
            shown += [Text(f"  {one.place}: {one.said}") for one in part]
    return shown
