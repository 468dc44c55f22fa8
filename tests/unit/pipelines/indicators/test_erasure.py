"""A person who is unlinked later keeps counting: no total that was published becomes untrue."""

import uuid

import duckdb
from small_warehouse import Given, Row, rows_of

from conftest import AFRICA, fill, organisation
from orgpulse_platform.settings import Settings

PERSON = f"{AFRICA}-0"
"""A woman in Africa who completed the ethics course: she counts in many figures."""


def unlinked(given: Given, person: str) -> Given:
    """The same events with the person's pseudonym replaced by one that nobody can compute."""
    nobody = uuid.uuid4().hex
    return {
        table: [{name: nobody if value == person else value for name, value in row.items()} for row in rows]
        for table, rows in given.items()
    }


def figures(given: Given, settings: Settings) -> list[Row]:
    with duckdb.connect() as connection:
        fill(connection, settings, given)
        return rows_of(connection, "select * from indicators.value order by all")


def test_every_figure_stays_true_when_a_person_is_unlinked(settings: Settings) -> None:
    before = figures(organisation(), settings)
    after = figures(unlinked(organisation(), PERSON), settings)
    assert any(row["value"] for row in before)
    assert after == before
