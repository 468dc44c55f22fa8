"""What is published behind the figures gives no suppressed figure back, however it is counted or joined."""

from collections.abc import Iterator

import duckdb
import pytest

from orgpulse_pipelines.indicators.evidence import EVIDENCE_COLUMNS, EXAMPLES
from orgpulse_pipelines.publication.read import open_published
from orgpulse_platform.settings import Settings

THRESHOLD = 5


@pytest.fixture
def reader(published: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """An analyst's connection."""
    with open_published(published) as connection:
        yield connection


def test_there_are_suppressed_regions_and_evidence_to_try(reader: duckdb.DuckDBPyConnection) -> None:
    row = reader.execute(
        "select count(*) from indicators.value where suppressed and dimension = 'region'"
    ).fetchone()
    assert row is not None
    assert row[0] > 10
    assert reader.execute("select count(*) > 20 from indicators.evidence where people").fetchone() == (True,)


def test_no_example_stands_for_a_suppressed_figure(reader: duckdb.DuckDBPyConnection) -> None:
    found = reader.execute(
        """
        select count(*)
        from indicators.evidence as evidence
        join indicators.value as value
          on value.indicator_id = evidence.indicator_id and value.period = evidence.period
          and value.member = coalesce(evidence.region, 'all')
        where evidence.people and value.suppressed
        """
    ).fetchone()
    assert found == (0,)


def test_counting_examples_never_returns_a_number_of_people(reader: duckdb.DuckDBPyConnection) -> None:
    """However many are counted, few are shown; those of hidden regions stand together, without a region."""
    counts = reader.execute(
        """
        select count(*)
        from indicators.evidence
        where people
        group by indicator_id, version, period, side, region
        """
    ).fetchall()
    assert counts
    assert all(count <= EXAMPLES for (count,) in counts)


def test_an_event_of_people_leads_to_nothing_but_its_place_on_kafka(
    reader: duckdb.DuckDBPyConnection,
) -> None:
    """It stands behind one figure only, and in no other table: nothing more of the person can be joined."""
    reader.execute("create temp table people as select event_id from indicators.evidence where people")
    assert reader.execute("select count(*) - count(distinct event_id) from people").fetchone() == (0,)
    columns = reader.execute(
        "select schema_name || '.' || table_name, column_name from duckdb_columns() "
        "where database_name = current_database() and data_type = 'UUID' "
        "and schema_name || '.' || table_name <> 'core.event_lineage'"
    ).fetchall()
    assert ("marts.evaluations", "event_id") in columns
    for table, column in columns:
        limit = "(select count(*) from people)" if table == "indicators.evidence" else "0"
        found = reader.execute(
            f"select count(*) = {limit} from {table} where {column} in (from people)"
        ).fetchone()
        assert found == (True,), table


def test_rows_about_things_add_up_to_their_figures(reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute(
        """
        select figure.numerator, sum(evidence.value)
        from indicators.evidence as evidence
        join indicators.definition as definition using (indicator_id, version)
        join indicators.value as figure
          on figure.indicator_id = evidence.indicator_id and figure.version = evidence.version
          and evidence.first_day between figure.period_start and figure.period_end
        where not evidence.people and evidence.side = 'numerator' and figure.dimension = 'organisation'
          and definition.numerator_counts = 'flow' and definition.numerator_aggregate = 'sum'
        group by figure.indicator_id, figure.version, figure.period, figure.numerator
        """
    ).fetchall()
    assert rows
    assert all(figure == behind for figure, behind in rows)


def test_examples_say_nothing_of_the_place_the_day_or_the_person(reader: duckdb.DuckDBPyConnection) -> None:
    told = reader.execute(
        "select count(unit_id), count(first_day), count(after_day), count(part) "
        "from indicators.evidence where people"
    ).fetchone()
    assert told == (0, 0, 0, 0)
    described = {row[0] for row in reader.execute("describe indicators.evidence").fetchall()}
    assert described == set(EVIDENCE_COLUMNS)
