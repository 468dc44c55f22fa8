"""What was published of each indicator, publication by publication: it outlives the files that are kept.

Every publication carries the history up to itself. The warehouse takes it over once the publication is on
the shelf, so that the history speaks of publications that were made and of no others.
"""

from dataclasses import dataclass
from typing import Final

import duckdb

from orgpulse_pipelines.indicators.fingerprint import fingerprint
from orgpulse_pipelines.warehouse.catalog import comment_on
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table

HISTORY: Final = "indicators.history"
PUBLICATIONS: Final = "meta.publication_history"
_NEW: Final = "temp.history_of_publication"


@dataclass(frozen=True, slots=True)
class HistoryTable:
    """A table of the history, in the warehouse and in every publication."""

    name: str
    comment: str
    columns: tuple[Column, ...]

    @property
    def meanings(self) -> dict[str, str]:
        """Comment by column."""
        return {column.name: column.comment for column in self.columns}


_TABLES: Final = (
    HistoryTable(
        HISTORY,
        "Yearly figures of the whole organisation as they were published. Grain: one row per indicator, year "
        "and publication that says something else than the one before; it holds until the next row.",
        (
            Column("indicator_id", "VARCHAR", "Identity of the indicator."),
            Column("period", "VARCHAR", "Name of the year."),
            Column("first_published_in", "VARCHAR", "First publication that says so."),
            Column("version", "INTEGER", "Version of the definition; empty if the figure is gone."),
            Column(
                "definition", "VARCHAR", "Digest of what the definition computes: another one, another rule."
            ),
            Column("value", "DECIMAL(28,6)", "The figure; empty if unknown, gone or withheld."),
            Column("unit", "VARCHAR", "Unit of value and target."),
            Column("target", "DECIMAL(28,6)", "What was aimed at; empty if nothing was."),
            Column(
                "status",
                "VARCHAR",
                "As in indicators.value; gone if it is published no longer; withheld if it was shown then "
                "and is suppressed in this publication.",
            ),
        ),
    ),
    HistoryTable(
        PUBLICATIONS,
        "Every publication that was made. Grain: one row per publication.",
        (
            Column("publication_id", "VARCHAR", "Identity of the publication."),
            Column("published_at", "TIMESTAMP", "When it was written, in UTC."),
            Column("events", "BIGINT", "Events in it."),
            Column("code_version", "VARCHAR", "Version of the platform that wrote it."),
        ),
    ),
)
_CHANGED: Final = f"""
    create or replace temp table {_NEW[5:]} as
    with figure as (
      select
        value.indicator_id, value.period, value.version, {fingerprint("definition")} as definition,
        value.value, value.unit, value.target, value.status
      from indicators.value as value
      join indicators.definition as definition using (indicator_id, version)
      where value.grain = 'year' and value.dimension = 'organisation'
    ),
    last as (
      from {HISTORY}
      qualify row_number() over (partition by indicator_id, period order by first_published_in desc) = 1
    )
    select
      coalesce(figure.indicator_id, last.indicator_id) as indicator_id,
      coalesce(figure.period, last.period) as period,
      $publication as first_published_in,
      figure.version, figure.definition, figure.value, coalesce(figure.unit, last.unit) as unit,
      figure.target, coalesce(figure.status, 'gone') as status
    from figure
    full join last using (indicator_id, period)
    where (figure.version, figure.definition, figure.value, figure.unit, figure.target, figure.status)
      is distinct from (last.version, last.definition, last.value, last.unit, last.target, last.status)
      and not (figure.indicator_id is null and last.status = 'gone')
"""  # noqa: S608 - made of constants
# What is hidden now must not be given back by what was shown before.
_PUBLISHED: Final = f"""
    with suppressed as (
      select indicator_id, period
      from indicators.value
      where grain = 'year' and dimension = 'organisation' and suppressed
    )
    select history.* replace (
      if(hidden.period is null, history.value, null) as value,
      if(hidden.period is null or history.value is null, history.status, 'withheld') as status
    )
    from (from {HISTORY} union all by name from {_NEW}) as history
    left join suppressed as hidden using (indicator_id, period)
    order by all
"""  # noqa: S608 - made of constants


def create_history(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables in the warehouse where they are missing."""
    for table in _TABLES:
        ensure_table(connection, table.name, table.columns, table.comment)


def write_history(connection: duckdb.DuckDBPyConnection, catalog: str, publication_id: str) -> dict[str, int]:
    """Write the history up to a publication, its own figures included, into its file; rows by table.

    The file is attached as ``catalog`` and says in ``meta.publication`` what it is. What it suppresses is
    withheld for all that was published before. The warehouse is not changed.
    """
    connection.execute(_CHANGED, {"publication": publication_id})
    selects = (_PUBLISHED, f"from {PUBLICATIONS} union all by name from {catalog}.meta.publication")
    rows = dict[str, int]()
    for table, select in zip(_TABLES, selects, strict=True):
        target = f"{catalog}.{table.name}"
        row = connection.execute(f"create table {target} as {select}").fetchone()
        comment_on(connection, target, table.comment, table.meanings)
        rows[table.name] = int(row[0]) if row else 0
    connection.execute(f"drop table {_NEW}")
    return rows


def take_over(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """Add to the warehouse what an attached publication knows of publications that it does not know."""
    known = f"(select coalesce(max(publication_id), '') from {PUBLICATIONS})"  # noqa: S608
    for table, column in ((HISTORY, "first_published_in"), (PUBLICATIONS, "publication_id")):
        connection.execute(f"insert into {table} by name from {catalog}.{table} where {column} > {known}")
