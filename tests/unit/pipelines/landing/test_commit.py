"""Rows and offsets stand or fall together."""

import pytest
from protected_events import POSITION, batch, event

from orgpulse_pipelines.errors import WarehouseVersionError
from orgpulse_pipelines.landing import load
from orgpulse_pipelines.landing.tables import create_landing_tables


def test_a_failure_after_the_rows_leaves_neither_rows_nor_offsets(connection, land, monkeypatch):
    land(batch(event(POSITION, 1)))

    def fail(*_):
        raise RuntimeError

    monkeypatch.setattr(load, "store_offsets", fail)
    with pytest.raises(RuntimeError):
        land(batch(event(POSITION, 2), first_offset=1))
    assert connection.execute(f"select count(*) from landing.{POSITION.name}").fetchone() == (1,)
    assert connection.execute("select next_offset from landing.offsets").fetchall() == [(1,)]
    assert connection.execute("select count(*) from landing.batches").fetchone() == (1,)


def test_each_load_has_a_higher_number(connection, land):
    land(batch(event(POSITION, 1)), batch(event(POSITION, 2), first_offset=1))
    found = connection.execute(f"select batch_id from landing.{POSITION.name} order by 1").fetchall()
    assert found == [(1,), (2,)]


def test_a_field_that_a_newer_contract_adds_becomes_a_column(connection):
    connection.execute(f"alter table landing.{POSITION.name} drop column grade")
    create_landing_tables(connection, "hr")
    assert connection.execute(f"select grade from landing.{POSITION.name}").fetchall() == []


def test_a_column_of_another_type_is_refused(connection):
    connection.execute(f"alter table landing.{POSITION.name} alter grade type integer")
    with pytest.raises(WarehouseVersionError, match="grade is INTEGER, not VARCHAR"):
        create_landing_tables(connection, "hr")
