"""Makes those parts of a table anew whose inputs changed, by the query that makes the whole table.

A model may declare a key. Where its inputs tell which rows came and went since the table was built, the
values of the key in these rows are the parts that may have changed. The query runs over the input rows of
these parts alone; parts that come out as before stay. Where something is not told, the whole is made anew.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Final

import duckdb

from orgpulse_pipelines.modelling.dependencies import read_from
from orgpulse_pipelines.modelling.model import Model, Parts
from orgpulse_pipelines.warehouse.catalog import identifier
from orgpulse_pipelines.warehouse.changes import changes_of, keep_changes, tells_changes
from orgpulse_pipelines.warehouse.versions import content_of, content_settled, grow, versions_of

Columns = tuple[str, ...]
_TOUCHED: Final = "temp.touched_part"
_FRESH: Final = "temp.fresh_row"
_CAME: Final = "temp.row_that_came"
_WENT: Final = "temp.row_that_went"


def replace_touched(
    connection: duckdb.DuckDBPyConnection, model: Model, before: Mapping[str, int], now: Mapping[str, int]
) -> int | None:
    """Bring a table that was built from versions ``before`` of its inputs to versions ``now``.

    Returns the version of its content, or nothing if it has to be made whole. Belongs into a transaction.
    """
    parts, settled = model.metadata.incremental, content_settled(connection, model.name)
    if parts is None or settled is None:
        return None
    keyed = {
        table: columns
        for table in sorted(model.depends_on - parts.lookups.keys())
        if (columns := _key_in(connection, table, parts))
    }
    changed = [table for table in sorted(model.depends_on) if before.get(table) != now[table]]
    touched = [
        _touched_by(model, parts, keyed, table)
        for table in changed
        if before.get(table) == now[table] - 1 and tells_changes(connection, table)
    ]
    if len(touched) < len(changed) or None in touched:
        return None
    if not changed:  # but for what its checks read
        return versions_of(connection, [model.name])[model.name]
    with _temporary(connection, keyed):
        _make_touched(connection, model, parts, keyed, filter(None, touched))
        came, went = content_of(connection, _CAME), content_of(connection, _WENT)
        if not (came.rows or went.rows):
            return versions_of(connection, [model.name])[model.name]
        _replace(connection, model, parts)
        return grow(connection, model.name, str(settled + came - went), told=True)


def _key_in(connection: duckdb.DuckDBPyConnection, table: str, parts: Parts) -> Columns:
    """The columns of a table that hold the key; none if it does not have all of them."""
    columns = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
    names = tuple(name if name in columns else parts.called.get(name, name) for name in parts.key)
    return names if columns.issuperset(names) else ()


def _touched_by(model: Model, parts: Parts, keyed: Mapping[str, Columns], table: str) -> str | None:
    """A select of the parts that a table's changes touch; none if it could be any."""
    if table in keyed:
        columns = ", ".join(
            f"{identifier(name)} as {identifier(own)}"
            for name, own in zip(keyed[table], parts.key, strict=True)
        )
        return f"select {columns} from {changes_of(table)}"  # noqa: S608
    if table in parts.lookups:
        columns = ", ".join(map(identifier, parts.key))
        return f"select {columns} from ({_rows_of(model.name, changes_of(table), parts.lookups[table])})"  # noqa: S608
    return None


def _rows_of(table: str, wanted: str, columns: Columns, called: Columns | None = None) -> str:
    """A select of the rows of a table whose columns hold one of the wanted values."""
    same = " and ".join(
        f"rows.{identifier(name)} is not distinct from wanted.{identifier(own)}"
        for name, own in zip(called or columns, columns, strict=True)
    )
    return f"select rows.* from {table} as rows semi join {wanted} as wanted on {same}"  # noqa: S608


def _make_touched(
    connection: duckdb.DuckDBPyConnection,
    model: Model,
    parts: Parts,
    keyed: Mapping[str, Columns],
    touched: Iterable[str],
) -> None:
    """Make the touched parts anew, and compare them with what the table holds of them."""
    nothing = f"select {', '.join(map(identifier, parts.key))} from {model.name} limit 0"  # noqa: S608
    connection.execute(f"create temp table {_TOUCHED} as {' union '.join([f'({nothing})', *touched])}")
    for table, columns in keyed.items():
        rows = _rows_of(table, _TOUCHED, parts.key, columns)
        connection.execute(f"create temp view {table.partition('.')[2]} as {rows}")
    query = read_from(model.sql, {table: _narrowed(table) for table in keyed})
    connection.execute(f"create temp table {_FRESH} as {query}")
    standing = _rows_of(model.name, _TOUCHED, parts.key)
    connection.execute(f"create temp table {_CAME} as from {_FRESH} except all ({standing})")
    connection.execute(f"create temp table {_WENT} as ({standing}) except all from {_FRESH}")


def _replace(connection: duckdb.DuckDBPyConnection, model: Model, parts: Parts) -> None:
    """Put the parts that came out otherwise in the place of what the table holds of them."""
    keep_changes(connection, model.name, f"from {_CAME} union all from {_WENT}")
    changes = changes_of(model.name)
    same = " and ".join(
        f"rows.{name} is not distinct from changed.{name}" for name in map(identifier, parts.key)
    )
    connection.execute(f"delete from {model.name} as rows using {changes} as changed where {same}")  # noqa: S608
    connection.execute(f"insert into {model.name} {_rows_of(_FRESH, changes, parts.key)}")


def _narrowed(table: str) -> str:
    """The view that takes a table's place: of the same name, by which the query may call its columns."""
    return f"temp.{table.partition('.')[2]}"


@contextmanager
def _temporary(connection: duckdb.DuckDBPyConnection, keyed: Iterable[str]) -> Iterator[None]:
    """What is made inside is gone afterwards, unless an error rolls it back anyway."""
    yield
    for view in map(_narrowed, keyed):
        connection.execute(f"drop view {view}")
    for table in (_WENT, _CAME, _FRESH, _TOUCHED):
        connection.execute(f"drop table {table}")
