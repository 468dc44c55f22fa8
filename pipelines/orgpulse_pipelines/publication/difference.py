"""The difference between two publications: which figures moved and why, and which tables."""

from dataclasses import asdict, dataclass
from typing import Any

from orgpulse_pipelines.indicators.explain import WHOLE
from orgpulse_pipelines.indicators.figures import number
from orgpulse_pipelines.publication.causes import Cause, causes, changed_definitions, differences
from orgpulse_pipelines.publication.changed_events import ContractEvents
from orgpulse_pipelines.publication.comparison import (
    MovedFigure,
    TableRows,
    both_open,
    changed_tables,
    moved_figures,
)
from orgpulse_pipelines.publication.errors import UnknownPublicationError
from orgpulse_pipelines.publication.rollback import find_publication
from orgpulse_pipelines.publication.shelf import Publication, publications
from orgpulse_platform.settings import Settings
from orgpulse_platform.state import StateFolder


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two publications."""

    older: Publication
    newer: Publication
    figures: list[tuple[MovedFigure, list[Cause]]]
    definitions: dict[tuple[str, int], str]
    """What became of definitions that are not the same, by indicator and version."""
    events: dict[str, ContractEvents]
    tables: list[TableRows]


def compare(
    settings: Settings,
    old: str | None = None,
    new: str | None = None,
    part: tuple[str, str] = WHOLE,
    *,
    everything: bool = False,
) -> Difference:
    """Compare two publications by their ids, by default the last two that are kept.

    The figures are the yearly ones of a part of the organisation, or all. Raises
    :class:`UnknownPublicationError` or :class:`UnreadablePublicationError`.
    """
    older, newer = _pair(settings.folder, old, new)
    with both_open(settings, older, newer) as connection:
        figures = moved_figures(connection, part, everything=everything)
        found = differences(connection, figures)
        return Difference(
            older,
            newer,
            [(figure, causes(figure, found)) for figure in figures],
            changed_definitions(found),
            found.events,
            changed_tables(connection),
        )


def _pair(folder: StateFolder, old: str | None, new: str | None) -> tuple[Publication, Publication]:
    kept = publications(folder)
    if old is None and len(kept) < 2:
        raise UnknownPublicationError(f"it takes two to compare, and {len(kept)} is kept")
    newer = find_publication(folder, new) if new else kept[0] if kept else None
    older = find_publication(folder, old) if old else kept[1]
    if newer is None or newer == older:
        raise UnknownPublicationError(f"{older.id} cannot be compared with itself")
    return older, newer


def difference_document(difference: Difference) -> dict[str, Any]:
    """A difference as a JSON object."""
    return {
        "older": _publication(difference.older),
        "newer": _publication(difference.newer),
        "figures": [_figure(figure, why) for figure, why in difference.figures],
        "definitions": [
            {"id": indicator_id, "version": version, "change": change}
            for (indicator_id, version), change in difference.definitions.items()
        ],
        "events": [{"id": contract} | asdict(events) for contract, events in difference.events.items()],
        "tables": [
            {"id": one.name, "old_rows": one.old_rows, "new_rows": one.new_rows} for one in difference.tables
        ],
    }


def _publication(publication: Publication) -> dict[str, str]:
    return {"id": publication.id, "published_at": publication.published_at.isoformat()}


def _figure(figure: MovedFigure, why: list[Cause]) -> dict[str, Any]:
    return {
        "id": figure.indicator_id,
        "title": figure.title,
        "grain": figure.grain,
        "period": figure.period,
        "dimension": figure.dimension,
        "member": figure.member,
        "unit": figure.unit,
        "old_value": number(figure.old_value),
        "new_value": number(figure.new_value),
        "change": number(figure.change),
        "old_status": figure.old_status,
        "new_status": figure.new_status,
        "old_version": figure.old_version,
        "new_version": figure.new_version,
        "causes": [
            {
                "id": cause.kind,
                "text": cause.text,
                "contracts": [{"id": name, "events": events} for name, events in cause.contracts.items()],
            }
            for cause in why
        ],
    }
