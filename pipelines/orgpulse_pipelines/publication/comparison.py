"""What moved between two publications: figures, and rows of tables."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.explain import WHOLE
from orgpulse_pipelines.indicators.history import PUBLICATIONS
from orgpulse_pipelines.publication.errors import UnreadablePublicationError
from orgpulse_pipelines.publication.shelf import Publication
from orgpulse_pipelines.warehouse.catalog import literal
from orgpulse_platform.settings import Settings

OLDER: Final = "older"
NEWER: Final = "newer"
"""Names under which the two publications are attached."""
_MOVED: Final = f"""
    with pair as (
      select
        indicator_id, grain, period, dimension, member,
        coalesce(newer.period_start, older.period_start) as period_start,
        older.as_of as old_as_of, newer.as_of as new_as_of,
        older.version as old_version, newer.version as new_version,
        older.value as old_value, newer.value as new_value,
        older.unit as old_unit, newer.unit as new_unit,
        older.target as old_target, newer.target as new_target,
        older.status as old_status, newer.status as new_status,
        coalesce(older.suppressed, false) as old_suppressed,
        coalesce(newer.suppressed, false) as new_suppressed
      from {OLDER}.indicators.value as older
      full join {NEWER}.indicators.value as newer using (indicator_id, grain, period, dimension, member)
      where $everything
        or ((grain, dimension, member) = ('year', $dimension, $member))
    )
    select
      pair.indicator_id, title, grain, period, dimension, member, period_start,
      old_as_of, new_as_of, old_version, new_version,
      if(old_suppressed or new_suppressed, null, old_value) as old_value,
      if(old_suppressed or new_suppressed, null, new_value) as new_value,
      coalesce(new_unit, old_unit) as unit, decimals, old_target, new_target, old_status, new_status,
      old_suppressed, new_suppressed, old_unit is distinct from new_unit
    from pair
    join (
      select indicator_id, version, arg_max(title, newer) as title, arg_max(decimals, newer) as decimals
      from (
        select indicator_id, version, title, decimals, false as newer from {OLDER}.indicators.definition
        union all
        select indicator_id, version, title, decimals, true from {NEWER}.indicators.definition
      )
      group by all
    ) as definition
      on definition.indicator_id = pair.indicator_id
      and definition.version = coalesce(new_version, old_version)
    where not (old_suppressed and new_suppressed)
      and (old_value, old_status, old_version, old_unit)
        is distinct from (new_value, new_status, new_version, new_unit)
      and not (coalesce(old_status, 'no_data') = 'no_data' and coalesce(new_status, 'no_data') = 'no_data')
    order by pair.indicator_id, period_start, grain, dimension, member
"""  # noqa: S608 - made of constants


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """A figure that is not the same in two publications; no values where either suppresses it."""

    indicator_id: str
    title: str
    grain: str
    period: str
    dimension: str
    member: str
    period_start: date
    old_as_of: date | None
    """Last day that the period covers; nothing where the older publication does not have the figure."""
    new_as_of: date | None
    old_version: int | None
    new_version: int | None
    old_value: Decimal | None
    new_value: Decimal | None
    unit: str
    decimals: int
    old_target: Decimal | None
    new_target: Decimal | None
    old_status: str | None
    new_status: str | None
    old_suppressed: bool
    new_suppressed: bool
    other_unit: bool
    """Whether the two values cannot be subtracted, because their units differ."""

    @property
    def as_of(self) -> date | None:
        """Last day that the period covers, in the newer publication that has it."""
        return self.new_as_of or self.old_as_of

    @property
    def change(self) -> Decimal | None:
        """The newer value less the older one, in the unit; nothing where one of them is missing or hidden."""
        if self.old_value is None or self.new_value is None or self.other_unit:
            return None
        return self.new_value - self.old_value


@dataclass(frozen=True, slots=True)
class TableRows:
    """A table whose number of rows is not the same; nothing where it does not exist."""

    name: str
    old_rows: int | None
    new_rows: int | None


@contextmanager
def both_open(
    settings: Settings, older: Publication, newer: Publication
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that has the publications attached, read-only, as ``older`` and ``newer``.

    Raises :class:`UnreadablePublicationError` if one is torn, no publication, or of a version of the platform
    with other tables, also for what is asked while it is open.
    """
    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": settings.warehouse.memory_limit,
        "threads": settings.warehouse.threads,
        "temp_directory": str(settings.folder.warehouse.parent / "spill"),
        "autoinstall_known_extensions": False,
    }
    with duckdb.connect(config=config) as connection:
        for name, publication in ((OLDER, older), (NEWER, newer)):
            _attach(connection, name, publication)
        try:
            yield connection
        except duckdb.Error as error:
            other = isinstance(error, duckdb.BinderException | duckdb.CatalogException)
            why = "was written by a version of the platform with other tables" if other else "is torn"
            raise UnreadablePublicationError(
                f"{older.id} or {newer.id} {why} ({type(error).__name__})"
            ) from None


def _attach(connection: duckdb.DuckDBPyConnection, name: str, publication: Publication) -> None:
    try:
        connection.execute(f"attach {literal(str(publication.path))} as {name} (read_only)")
        row = connection.execute(f"select publication_id from {name}.meta.publication").fetchone()  # noqa: S608
    except duckdb.Error as error:
        raise UnreadablePublicationError(f"{publication.id} ({type(error).__name__})") from None
    if row != (publication.id,):
        raise UnreadablePublicationError(f"{publication.path} is a copy of another one")


def moved_figures(
    connection: duckdb.DuckDBPyConnection, part: tuple[str, str] = WHOLE, *, everything: bool = False
) -> list[MovedFigure]:
    """The yearly figures of a part of the organisation that moved, or all that did."""
    dimension, member = part
    rows = connection.execute(
        _MOVED, {"everything": everything, "dimension": dimension, "member": member}
    ).fetchall()
    return [MovedFigure(*row) for row in rows]


def changed_tables(connection: duckdb.DuckDBPyConnection) -> list[TableRows]:
    """The tables that appeared, disappeared, or have another number of rows, by name.

    The list of publications is left out: it grows by each of them.
    """
    old, new = _rows(connection, OLDER), _rows(connection, NEWER)
    names = sorted(old.keys() | new.keys())
    return [TableRows(name, old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)]


def _rows(connection: duckdb.DuckDBPyConnection, catalog: str) -> dict[str, int]:
    tables = connection.execute(
        "select schema_name, table_name from duckdb_tables() "
        "where database_name = ? and schema_name || '.' || table_name <> ? order by all",
        [catalog, PUBLICATIONS],
    ).fetchall()
    counts = (
        f"select '{schema}.{table}', count(*) from {catalog}.{schema}.{table}"  # noqa: S608 - names of our own
        for schema, table in tables
    )
    return dict(connection.execute(" union all ".join(counts)).fetchall()) if tables else {}
