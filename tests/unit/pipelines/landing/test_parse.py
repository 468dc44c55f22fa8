"""What lands of a batch, and what goes into quarantine."""

import uuid
from datetime import date, datetime
from decimal import Decimal

import pytest
from protected_events import ARRIVED_MS, POSITION, batch, event, identity

from orgpulse_pipelines.warehouse.contract_tables import ENVELOPE, contract_columns
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_contracts

TABLE = f"landing.{POSITION.name}"
CONTRACTS = [pytest.param(about, id=about.name) for about in all_contracts().values()]


def quarantined(connection):
    return connection.execute(
        'select topic, "partition", "offset", reason from landing.quarantine order by "offset"'
    ).fetchall()


def test_an_event_lands_with_its_envelope_and_typed_fields(connection, land):
    landed = land(batch(event(POSITION, 7, grade="P3"), first_offset=41))
    row = connection.execute(f"select * exclude (position_id, unit_id) from {TABLE}").fetchone()
    assert landed.rows == {POSITION.name: 1}
    assert row == (
        uuid.UUID(identity(7)),
        datetime(2019, 5, 6, 12, 0, 0, 500_000),
        datetime(2019, 5, 6, 12, 0, 1),
        datetime(2020, 1, 1),
        f"raw.hr.pe-3/0/7@{ARRIVED_MS}",
        "events.hr",
        0,
        41,
        1,
        "P3",
        date(2019, 5, 6),
    )


def test_a_time_with_an_offset_is_turned_into_utc(connection, land):
    land(batch(event(POSITION, 1).replace(b"2019-05-06T12:00:00.5Z", b"2019-05-06T14:00:00+02:00")))
    assert connection.execute(f"select occurred_at from {TABLE}").fetchone() == (datetime(2019, 5, 6, 12),)


@pytest.mark.parametrize("about", CONTRACTS)
def test_every_contract_lands_with_every_field(about, connection, land):
    landed = land(batch(event(about, 1), topic=about.events_topic), family=about.family)
    fields = ", ".join(field.name for field in protected_fields(about))
    (row,) = connection.execute(f"select {fields} from landing.{about.name}").fetchall()
    assert landed.quarantined == 0
    assert None not in row


@pytest.mark.parametrize("about", CONTRACTS)
def test_no_field_of_a_contract_hides_a_column_of_the_envelope(about):
    names = [column.name for column in contract_columns(about)]
    assert len(names) == len(set(names))
    assert names[: len(ENVELOPE)] == [column.name for column in ENVELOPE]


def test_a_decimal_lands_exactly(connection, land):
    about = all_contracts()["org.finance.expenditure.posted.v1"]
    value = event(about, 1, amount_usd="-1234567890123456.78")
    land(batch(value, topic="events.finance"), family="finance")
    row = connection.execute(f"select amount_usd, typeof(amount_usd) from landing.{about.name}").fetchone()
    assert row == (Decimal("-1234567890123456.78"), "DECIMAL(18,2)")


def test_an_optional_field_may_be_null_or_absent(connection, land):
    about = all_contracts()["org.hr.reassignment.made.v1"]
    absent = event(about, 2).replace(b'"position_id":"x",', b"")
    landed = land(batch(event(about, 1, position_id=None), absent))
    assert landed.rows == {about.name: 2}
    assert connection.execute(f"select distinct position_id from landing.{about.name}").fetchall() == [
        (None,)
    ]


def test_headquarters_has_no_parent_and_still_lands(connection, land):
    about = all_contracts()["org.reference.organisation_unit.registered.v1"]
    value = event(about, 1, parent_unit_id=None)
    landed = land(batch(value, topic="events.reference"), family="reference")
    assert landed.rows == {about.name: 1}


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (None, "empty"),
        (b"", "empty"),
        (b"\xff\xfe", "not_utf8"),
        (b'{"id": ', "not_json"),
        (b"[1, 2]", "not_an_event"),
        (b"null", "not_an_event"),
        (event(POSITION, 1).replace(identity(1).encode(), b"no-uuid"), "not_an_event"),
        (event(POSITION, 1).replace(b"position.created", b"position.imagined"), "unknown_contract"),
        (event(all_contracts()["org.finance.revenue.reported.v1"], 1), "unknown_contract"),
        (event(POSITION, 1, created_on="2019-02-30"), "unexpected_data"),
        (event(POSITION, 1, grade=None), "unexpected_data"),
        (event(POSITION, 1).replace(b'"origin"', b'"elsewhere"'), "unexpected_data"),
    ],
)
def test_a_record_that_cannot_land_is_quarantined_and_harms_no_other(value, reason, connection, land):
    landed = land(batch(event(POSITION, 10), value, event(POSITION, 11)))
    assert landed.rows == {POSITION.name: 2}
    assert landed.quarantined == 1
    assert quarantined(connection) == [("events.hr", 0, 1, reason)]


def test_an_optional_number_that_is_no_number_is_not_silently_emptied(connection, land):
    about = all_contracts()["org.environment.facility_inventory.reported.v1"]
    value = event(about, 1, water="much")
    land(batch(value, topic="events.environment"), family="environment")
    assert quarantined(connection) == [("events.environment", 0, 0, "unexpected_data")]


def test_quarantine_keeps_nothing_of_the_content(connection, land):
    land(batch(b"zyxcanary", b'{"zyxcanary": 1}', event(POSITION, 1, created_on="zyxcanary")))
    assert len(quarantined(connection)) == 3
    tables = connection.execute("select schema_name || '.' || table_name from duckdb_tables()").fetchall()
    connection.execute("drop table temp.envelope; drop table temp.rejection")
    kept = [str(connection.execute(f"from {name}").fetchall()) for (name,) in tables if "landing" in name]
    assert "zyxcanary" not in "".join(kept)


def test_one_batch_may_hold_many_contracts(connection, land):
    hr = [about for about in all_contracts().values() if about.family == "hr"]
    landed = land(batch(*(event(about, number) for number, about in enumerate(hr))))
    assert landed.rows == {about.name: 1 for about in hr}
