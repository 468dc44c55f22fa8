"""Reading topics again: a record that is still on Kafka takes the place of the row that it once became.

What Kafka no longer keeps stays as it was landed. A record is known again by its topic, partition, offset and
time of arrival: an offset alone means another record once a topic was made anew. It keeps the number of the
load that brought it first, so that staging prefers the same delivery of an event as before.
"""

from typing import Final

import duckdb

from orgpulse_pipelines.landing.tables import family_tables

_TAKEN: Final = "taken"
_SAME_PLACE: Final = (
    'landed.topic = {other}.topic and landed."partition" = {other}."partition" '
    'and landed."offset" = {other}."offset"'
)
_SAME_RECORD: Final = (
    _SAME_PLACE.format(other="arrived") + " and landed.arrived_at = make_timestamp(arrived.arrived_ms * 1000)"
)


def take_out(connection: duckdb.DuckDBPyConnection, family: str) -> int:
    """Remove the rows that the records in ``arrived`` once became; their number."""
    parts = " union all ".join(
        f'select landed.topic, landed."partition", landed."offset", landed.batch_id '  # noqa: S608
        f"from {table} as landed join arrived on {_SAME_RECORD}"
        for table in family_tables(family)
    )
    connection.execute(f"create or replace temp table {_TAKEN} as {parts}")
    for table in family_tables(family):
        connection.execute(f"delete from {table} as landed using arrived where {_SAME_RECORD}")  # noqa: S608
    row = connection.execute(f"select count(*) from {_TAKEN}").fetchone()  # noqa: S608
    return int(row[0]) if row else 0


def give_back_loads(connection: duckdb.DuckDBPyConnection, family: str, batch_id: int) -> None:
    """Let the rows that the load inserted keep the load of the rows whose place they took."""
    for table in family_tables(family):
        connection.execute(
            f"update {table} as landed set batch_id = {_TAKEN}.batch_id from {_TAKEN} "  # noqa: S608
            f"where landed.batch_id = ? and {_SAME_PLACE.format(other=_TAKEN)}",
            [batch_id],
        )
