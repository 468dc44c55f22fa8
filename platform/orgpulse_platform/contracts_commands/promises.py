"""Whether the contracts keep what their released versions promised, and the release of new versions."""

from typing import Any

from rich.table import Table
from rich.text import Text

from orgpulse_platform.cli.console import people, results
from orgpulse_platform.contracts_commands.errors import BreakingContractError, FolderNotWritableError
from orgpulse_schemas.compatibility.contracts import ContractChange, contract_changes
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.registry import all_contracts


def broken_promises(releases: Releases) -> list[dict[str, Any]]:
    """Every breaking change and every released file that was edited, each with its way out."""
    edited = [_edited(name) for name in releases.changed_files()]
    return edited + [_broken(change) for change in contract_changes(all_contracts(), releases)]


def _edited(name: str) -> dict[str, Any]:
    return {
        "id": name,
        "contract": name.partition("/")[0],
        "release": None,
        "path": "",
        "rule": "released_file_changed",
        "message": f"the released file {name} is not as it was released",
        "way_out": "Restore the file; release a new state with `orgpulse contracts release`.",
    }


def _broken(found: ContractChange) -> dict[str, Any]:
    change = found.change
    return {
        "id": f"{found.event_type} {found.shape} {change.path or '/'} {change.rule}",
        "contract": found.event_type,
        "release": found.release,
        "shape": found.shape,
        "path": change.path,
        "rule": change.rule.value,
        "message": change.message,
        "way_out": change.way_out,
    }


def report(broken: list[dict[str, Any]]) -> None:
    """Say what is broken, where, and what to do instead."""
    if not broken:
        people.print("Everything that was valid is still valid, and every promise is kept.")
        return
    table = Table("contract", "field", "what changed", "rule", "way out")
    table.columns[0].overflow = "fold"
    for item in broken:
        cells = (item["contract"], item["path"] or "/", item["message"], item["rule"], item["way_out"])
        table.add_row(*map(Text, cells))
    results.print(table)
    people.print(f"[red]{len(broken)} changes break what was released.[/red]")


def release_all(releases: Releases) -> list[dict[str, Any]]:
    """Freeze every contract whose current state is not released.

    Raises :class:`BreakingContractError` if any breaks what was released before; then nothing is frozen.
    """
    broken = broken_promises(releases)
    if broken:
        raise BreakingContractError(f"{len(broken)} changes, the first at {broken[0]['id']}")
    try:
        frozen = [releases.freeze(about) for about in all_contracts().values()]
    except OSError as error:
        raise FolderNotWritableError(f"{error.filename}: {error.strerror}") from None
    return [{"id": release.event_type, "release": release.number} for release in frozen if release]
