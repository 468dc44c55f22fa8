"""Reads what was published of an indicator: from the record of all publications, or from the kept ones."""

from contextlib import ExitStack
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

import duckdb

from orgpulse_pipelines.errors import NothingPublishedError
from orgpulse_pipelines.indicators.errors import UnknownIndicatorError, UnknownPeriodError
from orgpulse_pipelines.indicators.explain import WHOLE
from orgpulse_pipelines.indicators.figures import number
from orgpulse_pipelines.indicators.fingerprint import fingerprint
from orgpulse_pipelines.indicators.history import HISTORY, PUBLICATIONS
from orgpulse_pipelines.publication.shelf import Publication, publications
from orgpulse_platform.settings import Settings

_RECORDED: Final = f"""
    with said as (
      select *, lead(first_published_in) over (partition by period order by first_published_in) as next
      from {HISTORY}
      where indicator_id = $id and ($period is null or period = $period)
    ),
    run as (
      select said.*, max(made.publication_id) as last, count(*) as publications
      from said
      join {PUBLICATIONS} as made
        on said.first_published_in <= made.publication_id
        and (said.next is null or made.publication_id < said.next)
      group by all
    )
    select period, version, definition, value, unit, target, status, first_published_in, last, publications
    from run
    order by period, first_published_in
"""  # noqa: S608 - made of constants
_KEPT: Final = f"""
    select
      value.period, value.version, {fingerprint("definition")}, value.value, value.unit, value.target,
      value.status, $publication, $publication, 1
    from indicators.value as value
    join indicators.definition as definition using (indicator_id, version)
    where value.indicator_id = $id and value.dimension = $dimension and value.member = $member
      and if($period is null, value.grain = 'year', value.period = $period)
    order by value.period_start
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class Said:
    """What publications in a row said of a figure."""

    period: str
    version: int | None
    definition: str | None
    """Digest of what the definition computes; nothing once the figure is gone."""
    value: Decimal | None
    unit: str
    target: Decimal | None
    status: str
    """As in ``indicators.value``; ``gone`` if it was published no longer; ``withheld`` if it was shown then
    and is suppressed now."""
    first: str
    """The first of the publications."""
    last: str
    publications: int
    """How many there were."""


@dataclass(frozen=True, slots=True)
class History:
    """What was published of a figure, or of the yearly figures of an indicator."""

    indicator_id: str
    title: str
    decimals: int
    part: tuple[str, str]
    recorded: bool
    """Whether it is the record of all publications; else it covers those that are kept."""
    said: list[Said]
    """By period, oldest first."""
    unreadable: list[str]
    """Publications that are kept and cannot be read."""


def read_history(
    settings: Settings, indicator_id: str, period: str | None = None, part: tuple[str, str] = WHOLE
) -> History:
    """The history of an indicator: yearly, or of one period; of the whole organisation or of a part of it.

    Years of the whole organisation are on record for all publications, everything else stands in those that
    are kept. What the newest one suppresses is withheld for all of them. Raises
    :class:`NothingPublishedError`, :class:`UnknownIndicatorError` or :class:`UnknownPeriodError`.
    """
    asked = {"id": indicator_id, "period": period}
    unreadable = list[str]()
    with ExitStack() as stack:
        opened = _opened(publications(settings.folder), stack, unreadable)
        if not opened:
            raise NothingPublishedError(str(settings.folder.publications))
        _, newest = opened[0]
        title, decimals = _titled(newest, indicator_id)
        recorded = part == WHOLE and (period is None or period.isdigit()) and _has_record(newest)
        if recorded:
            said = _said(newest, _RECORDED, asked)
        else:
            place = {"dimension": part[0], "member": part[1]}
            said = _withheld([_said(one, _KEPT, asked | place | {"publication": id_}) for id_, one in opened])
    if not said and title is None:
        raise UnknownIndicatorError(indicator_id)
    if not said:
        raise UnknownPeriodError(", ".join(one for one in (indicator_id, period, *part) if one))
    return History(indicator_id, title or indicator_id, decimals, part, recorded, _merged(said), unreadable)


def _opened(
    kept: list[Publication], stack: ExitStack, unreadable: list[str]
) -> list[tuple[str, duckdb.DuckDBPyConnection]]:
    """The publications that can be read, newest first, open until the stack is left."""
    opened = list[tuple[str, duckdb.DuckDBPyConnection]]()
    for publication in kept:
        try:
            connection = stack.enter_context(duckdb.connect(str(publication.path), read_only=True))
            row = connection.execute("select publication_id from meta.publication").fetchone()
        except duckdb.Error:
            row = None
        if row == (publication.id,):
            opened.append((publication.id, connection))
        else:
            unreadable.append(publication.id)
    return opened


def _titled(connection: duckdb.DuckDBPyConnection, indicator_id: str) -> tuple[str | None, int]:
    row = connection.execute(
        "select title, decimals from indicators.definition where indicator_id = ? "
        "order by effective_from desc, version desc limit 1",
        [indicator_id],
    ).fetchone()
    return row or (None, 2)


def _has_record(connection: duckdb.DuckDBPyConnection) -> bool:
    row = connection.execute(
        "select 1 from duckdb_tables() where schema_name || '.' || table_name = ?", [HISTORY]
    ).fetchone()
    return row is not None


def _said(connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any]) -> list[Said]:
    return [Said(*row) for row in connection.execute(query, parameters).fetchall()]


def _withheld(by_publication: list[list[Said]]) -> list[Said]:
    """What the publications said, newest first, without what the newest one suppresses."""
    hidden = {one.period for one in by_publication[0] if one.status == "suppressed"}
    return [
        replace(one, value=None, status="withheld") if one.period in hidden and one.value is not None else one
        for said in by_publication
        for one in said
    ]


def _merged(said: list[Said]) -> list[Said]:
    """By period, oldest first; what publications in a row say is said once."""
    ordered = sorted(said, key=lambda one: (one.period, one.first))
    return [_run(list(group)) for _, group in groupby(ordered, key=_content)]


def _content(said: Said) -> tuple[Any, ...]:
    return (said.period, said.version, said.definition, said.value, said.unit, said.target, said.status)


def _run(said: list[Said]) -> Said:
    return replace(said[0], last=said[-1].last, publications=sum(one.publications for one in said))


def history_document(history: History) -> dict[str, Any]:
    """A history as a JSON object."""
    dimension, member = history.part
    return {
        "id": history.indicator_id,
        "title": history.title,
        "dimension": dimension,
        "member": member,
        "recorded": history.recorded,
        "unreadable": [{"id": id_} for id_ in history.unreadable],
        "values": [
            {
                "id": said.first,
                "last": said.last,
                "publications": said.publications,
                "period": said.period,
                "version": said.version,
                "definition": said.definition,
                "value": number(said.value),
                "unit": said.unit,
                "target": number(said.target),
                "status": said.status,
            }
            for said in history.said
        ],
    }
