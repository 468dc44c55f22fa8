"""Parses protected events inside DuckDB, by structures that are derived from the contracts."""

import json
from functools import cache
from typing import Final, get_args

import duckdb

from orgpulse_pipelines.warehouse.catalog import identifier, literal
from orgpulse_pipelines.warehouse.contract_tables import contract_columns, sql_type
from orgpulse_schemas.contract import About
from orgpulse_schemas.protected import LogicalType, protected_fields
from orgpulse_schemas.registry import all_families

ENVELOPE_STRUCTURE: Final = json.dumps(
    {
        "type": "VARCHAR",
        "id": "UUID",
        # With a zone, so that an offset is turned into UTC and not cut off.
        "time": "TIMESTAMPTZ",
        "recordedtime": "TIMESTAMPTZ",
        "origin": "VARCHAR",
        "data": "JSON",
    }
)
UNKNOWN_CONTRACT: Final = "unknown_contract"
UNEXPECTED_DATA: Final = "unexpected_data"


def read_envelopes(connection: duckdb.DuckDBPyConnection) -> None:
    """Parse ``arrived`` into the temporary table ``envelope``; its ``fault`` says what is wrong."""
    connection.execute(
        f"""
        create or replace temp table envelope as
        with parsed as (
            select
                *,
                case when fault is null and json_valid(value)
                    then from_json(value, {literal(ENVELOPE_STRUCTURE)}) end as event
            from arrived
        )
        select
            topic,
            "partition",
            "offset",
            make_timestamp(arrived_ms * 1000) as arrived_at,
            event.type as type,
            event.id as event_id,
            make_timestamp(epoch_us(event.time)) as occurred_at,
            make_timestamp(epoch_us(event.recordedtime)) as recorded_at,
            event.origin as origin,
            event.data as data,
            case
                when fault is not null then fault
                when event is null and not json_valid(value) then 'not_json'
                when event.type is null or event.id is null or event.time is null
                    or event.data is null then 'not_an_event'
            end as fault
        from parsed
        """  # noqa: S608 - the structure is a constant
    )


def insert_events(connection: duckdb.DuckDBPyConnection, family: str, batch_id: int) -> dict[str, int]:
    """Insert the envelopes of ``events.<family>`` into their contracts' tables; rows by contract name."""
    topic = f"events.{family}"
    contracts = all_families()[family].contracts
    inserted = dict[str, int]()
    present = connection.execute(
        "select type, count(*) from envelope where topic = ? and fault is null group by type", [topic]
    ).fetchall()
    for type_, count in present:
        about = contracts.get(type_)
        if about is None:
            _mark(connection, topic, type_, UNKNOWN_CONTRACT)
            continue
        inserted[about.name] = _insert(connection, about, batch_id)
        if inserted[about.name] < count:
            _mark_unexpected(connection, about)
    return inserted


def _insert(connection: duckdb.DuckDBPyConnection, about: About, batch_id: int) -> int:
    columns = ", ".join(identifier(column.name) for column in contract_columns(about))
    row = connection.execute(
        f"""
        insert into landing.{about.name} ({columns})
        with parsed as ({_parsed(about)})
        select
            event_id, occurred_at, recorded_at, arrived_at, origin, topic, "partition", "offset", ?,
            {", ".join(f"payload.{identifier(field.name)}" for field in protected_fields(about))}
        from parsed
        where {_expected(about)}
        """,  # noqa: S608 - made of names that contracts declare
        [batch_id],
    ).fetchone()
    return int(row[0]) if row else 0


def _mark_unexpected(connection: duckdb.DuckDBPyConnection, about: About) -> None:
    """Name as faulty what the insert left out: its data do not have the contract's shape."""
    connection.execute(
        f"""
        update envelope set fault = '{UNEXPECTED_DATA}'
        from (
            select topic, "partition", "offset" from ({_parsed(about)}) where not ({_expected(about)})
        ) as unexpected
        where envelope.topic = unexpected.topic
            and envelope."partition" = unexpected."partition"
            and envelope."offset" = unexpected."offset"
        """  # noqa: S608 - made of names that contracts declare
    )


def _mark(connection: duckdb.DuckDBPyConnection, topic: str, type_: str, fault: str) -> None:
    connection.execute("update envelope set fault = ? where topic = ? and type = ?", [fault, topic, type_])


@cache
def _parsed(about: About) -> str:
    """The envelopes of a contract with their data as a struct."""
    structure = json.dumps({field.name: sql_type(field) for field in protected_fields(about)})
    topic, type_ = literal(about.events_topic), literal(about.event_type)
    return (
        f"select *, from_json(data, {literal(structure)}) as payload from envelope "  # noqa: S608
        f"where fault is null and topic = {topic} and type = {type_}"
    )


@cache
def _expected(about: About) -> str:
    """Whether data have the contract's shape: nothing required is missing, nothing given was lost."""
    rules = ["origin is not null", "recorded_at is not null"]
    nullable = {field.name for field in about.fields if type(None) in get_args(field.annotation)}
    for field in protected_fields(about):
        name = f"payload.{identifier(field.name)}"
        if field.required and field.name not in nullable:
            rules.append(f"{name} is not null")
        elif field.type is not LogicalType.TEXT:
            given = f"data ->> {literal('$.' + field.name)}"
            rules.append(f"({name} is not null or ({given}) is null)")
    return " and ".join(rules)
