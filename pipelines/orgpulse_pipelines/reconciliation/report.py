"""Reads the reconciliation of the published warehouse and shows it."""

from typing import Any, Final

import duckdb
from rich.box import SIMPLE
from rich.table import Table

from orgpulse_pipelines.errors import UnbalancedError
from orgpulse_pipelines.reconciliation.balance import FAILURES

_MARKS: Final = {
    "balanced": "[green]balanced[/green]",
    "unconfirmed": "[green]balanced[/green], publisher unknown",
    "waiting": "[yellow]streams are behind[/yellow]",
    "unbalanced": "[red]does not balance[/red]",
    "contradicted": "[red]publishers disagree[/red]",
}
_REASONS: Final = (
    "select reason as id, rejected, expected from meta.rejections where family = ? order by reason"
)
_FIGURES: Final = ("published", "rejected", "landed", "kept", "duplicates")


def read_report(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """The reconciliation as one JSON document; lists are arrays of objects with an ``id``."""
    families = [
        _family(connection, row) for row in _rows(connection, "from meta.reconciliation order by family")
    ]
    return {
        "balanced": all(family["status"] not in FAILURES for family in families),
        "families": families,
    }


def _family(connection: duckdb.DuckDBPyConnection, row: dict[str, Any]) -> dict[str, Any]:
    name = row.pop("family")
    reasons = _rows(
        connection,
        "select reason as id, rejected, expected from meta.rejections where family = ? order by 1",
        name,
    )
    return {"id": name, **row, "reasons": reasons}


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, *parameters: object) -> list[dict[str, Any]]:
    found = connection.execute(sql, list(parameters))
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def require_balance(report: dict[str, Any]) -> None:
    """Raise :class:`UnbalancedError` naming the families that do not balance."""
    failed = [family["id"] for family in report["families"] if family["status"] in FAILURES]
    if failed:
        raise UnbalancedError(", ".join(failed))


def balance_table(report: dict[str, Any]) -> Table:
    """One line a family; where publishers say another number, it stands in brackets."""
    table = Table(
        title="Every event is accounted for",
        caption="published = rejected + landed; landed = kept + duplicates",
        box=SIMPLE,
    )
    table.add_column("family", no_wrap=True)
    for name in _FIGURES:
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("")
    for family in report["families"]:
        figures = (_figure(family[name], _expected(family, name)) for name in _FIGURES)
        table.add_row(family["id"], *figures, _verdict(family))
    return table


def _expected(family: dict[str, Any], name: str) -> int | None:
    """What publishers expect; where replays are among the records, only their sum is known beforehand."""
    open_to_both = family.get("replayed") and name != "published" and family["status"] != "contradicted"
    return None if open_to_both else family.get(f"expected_{name}")


def _verdict(family: dict[str, Any]) -> str:
    """The status, and what else people should know of."""
    parts = [_MARKS[family["status"]]]
    if family["unaccounted"]:
        parts.append(f"{family['unaccounted']:,} not accounted for")
    if family.get("replayed"):
        parts.append(f"{family['replayed']:,} of it replayed")
    if family["redelivered"]:
        parts.append(f"{family['redelivered']:,} delivered again")
    if family["quarantined"]:
        parts.append(f"{family['quarantined']:,} in quarantine")
    return ", ".join(parts)


def reasons_table(report: dict[str, Any]) -> Table:
    """Rejected events by reason, all families together."""
    table = Table(title="Rejected, by reason", box=SIMPLE)
    table.add_column("reason")
    table.add_column("events", justify="right")
    totals: dict[str, int] = {}
    for family in report["families"]:
        for reason in family["reasons"]:
            totals[reason["id"]] = totals.get(reason["id"], 0) + reason["rejected"]
    for name, count in sorted(totals.items()):
        table.add_row(name, f"{count:,}")
    return table


def _figure(found: int, expected: int | None) -> str:
    if expected is None or expected == found:
        return f"{found:,}"
    return f"{found:,} [red]({expected:,})[/red]"
