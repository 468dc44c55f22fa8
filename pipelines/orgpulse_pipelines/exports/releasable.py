"""Which published tables an export may hold: none whose rows or numbers are about people.

Suppression needs to know how many people stand behind each number. It is known of the figures and of
``marts.workforce``; a table that is made of rows about people, or of reported numbers of people, is refused.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from orgpulse_pipelines.indicators.workforce import COLUMNS as WORKFORCE_COLUMNS
from orgpulse_pipelines.indicators.workforce import WORKFORCE
from orgpulse_pipelines.modelling.model import Model, load_models
from orgpulse_pipelines.publication.upstream import CALENDAR
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_schemas.registry import all_contracts

_IDENTITY: Final = "event_id"
_PEOPLE: Final = "people"
"""Unit of a number of people."""


def refusal(table: str, columns: Iterable[str]) -> str | None:
    """Why these columns of a table may not leave, or nothing if they may."""
    models = {model.name: model for model in load_models()}
    if table == WORKFORCE:
        known = set(WORKFORCE_COLUMNS)
    elif table not in models:
        return f"{table} is no published table of things"
    else:
        model = models[table]
        behind = {name: models[name] for name in upstream(table) if name in models}
        if model.metadata.people or any(one.metadata.people for one in behind.values()):
            return f"{table} is made of rows about people"
        if upstream(table) & _reported_people():
            return f"{table} holds numbers of people, and nothing suppresses them"
        known = set(model.metadata.columns)
    unknown = sorted(set(columns) - known)
    if unknown:
        return f"{table} has no column {', '.join(unknown)}"
    events = sorted(name for name in columns if name.endswith(_IDENTITY))
    return f"{', '.join(events)} names an event, and no event leaves" if events else None


def upstream(table: str) -> frozenset[str]:
    """Every table that a modelled one is made of, near and far."""
    return _upstream(table)


@cache
def _upstream(table: str) -> frozenset[str]:
    models: dict[str, Model] = {model.name: model for model in load_models()}
    near = models[table].depends_on - {CALENDAR} if table in models else frozenset[str]()
    return near.union(*(_upstream(name) for name in near))


@cache
def _reported_people() -> frozenset[str]:
    """Staging tables of the contracts that report a number of people."""
    return frozenset(
        staging_table(about)
        for about in all_contracts().values()
        if any(field.unit == _PEOPLE for field in about.fields)
    )
