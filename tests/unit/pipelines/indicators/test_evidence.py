"""What is published behind the figures gives no suppressed figure back, however it is counted or joined."""

from collections.abc import Iterator

import duckdb
import pytest

from orgpulse_pipelines.indicators.evidence import EXAMPLES
from orgpulse_pipelines.publication.read import open_published
from orgpulse_platform.settings import Settings

THRESHOLD = 5
PEOPLE = "(select distinct indicator_id, version, side from indicators.source where people)"


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
    assert reader.execute(
        f"select count(*) > 20 from indicators.evidence semi join {PEOPLE} using "
        "(indicator_id, version, side)"
    ).fetchone() == (True,)


@pytest.mark.parametrize("table", ["evidence", "source"])
def test_nothing_can_be_counted_for_a_suppressed_figure(
    table: str, reader: duckdb.DuckDBPyConnection
) -> None:
    found = reader.execute(
        f"""
        select count(*)
        from indicators.{table} as behind
        join indicators.value as value
          on value.indicator_id = behind.indicator_id and value.period_start = behind.period_start
          and value.member = coalesce(behind.region, 'all')
        where value.suppressed
        """
    ).fetchone()
    assert found == (0,)


def test_counting_examples_never_returns_a_number_of_people(reader: duckdb.DuckDBPyConnection) -> None:
    """However many are counted, few are shown; those of hidden regions stand together, without a region."""
    counts = reader.execute(
        f"""
        select count(*)
        from indicators.evidence
        semi join {PEOPLE} using (indicator_id, version, side)
        group by indicator_id, version, period_start, side, region
        """
    ).fetchall()
    assert counts
    assert all(count <= EXAMPLES for (count,) in counts)


def test_what_is_missing_from_a_total_is_no_small_number(reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute(
        """
        with total as (
          select * from indicators.source where region is null and people
        ),
        shown as (
          select indicator_id, version, period_start, side, sum(rows) as rows
          from indicators.source
          where region is not null and people
          group by all
        )
        select total.rows - shown.rows
        from total
        join shown using (indicator_id, version, period_start, side)
        join indicators.definition as definition using (indicator_id, version)
        where list_contains(definition.protects, side) and total.rows > shown.rows
        """
    ).fetchall()
    assert rows
    assert all(missing >= THRESHOLD for (missing,) in rows)


def test_an_event_of_people_leads_to_nothing_but_its_place_on_kafka(
    reader: duckdb.DuckDBPyConnection,
) -> None:
    """It stands behind one figure only, and in no other table: nothing more of the person can be joined."""
    reader.execute(
        f"create temp table people as select event_id from indicators.evidence "
        f"semi join {PEOPLE} using (indicator_id, version, side)"
    )
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


def test_rows_about_things_lead_to_all_of_their_events(reader: duckdb.DuckDBPyConnection) -> None:
    differing = reader.execute(
        """
        with counted as (
          select indicator_id, version, period_start, side, count(*) as rows
          from indicators.evidence
          group by all
        ),
        stated as (
          select indicator_id, version, period_start, side, sum(rows) as rows
          from indicators.source
          where region is null and not people
          group by all
        )
        select count(*) filter (where counted.rows is distinct from stated.rows), count(*)
        from stated
        left join counted using (indicator_id, version, period_start, side)
        """
    ).fetchone()
    assert differing is not None
    assert differing[0] == 0
    assert differing[1] > 0


def test_what_stands_behind_a_total_adds_up_to_it(reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute(
        """
        with side as (
          select
            indicator_id, version, period_start, coalesce(region, 'all') as member, side, sum(value) as value
          from indicators.source
          group by all
        )
        select side.value, if(side.side = 'numerator', figure.numerator, figure.denominator)
        from side
        join indicators.value as figure using (indicator_id, version, period_start, member)
        """
    ).fetchall()
    assert len(rows) > 20
    assert all(found == expected for found, expected in rows)


def test_evidence_says_nothing_of_the_place_or_the_person(reader: duckdb.DuckDBPyConnection) -> None:
    described = [row[0] for row in reader.execute("describe indicators.evidence").fetchall()]
    assert described == ["indicator_id", "version", "period_start", "side", "region", "event_id", "value"]
