"""The tables of the schema ``indicators``, their checks, and a warehouse without events."""

import duckdb
import pytest
from sql_cases import empty_warehouse

from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.indicators.checks import CHECKS
from orgpulse_pipelines.indicators.errors import TargetsError
from orgpulse_pipelines.indicators.workforce import build_workforce
from orgpulse_pipelines.modelling.checks import run_rule
from orgpulse_pipelines.publication.read import open_published
from orgpulse_platform.settings import Settings, WarehouseSettings


def failing(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [
        f"{table} {check.name}"
        for table in CHECKS
        for check in CHECKS[table]
        if not run_rule(connection, table, check).passed
    ]


def test_without_events_there_are_definitions_and_no_figures(settings: Settings) -> None:
    with empty_warehouse() as connection:
        built = build_indicators(connection, settings)
        assert build_workforce(connection, Audiences(Limits(5), Limits(5))) == 0
        assert (built.values, built.suppressed, built.statuses) == (0, 0, {})
        assert built.evidence == 0
        assert built.definitions > 0
        assert failing(connection) == []


def test_building_again_changes_nothing(settings: Settings) -> None:
    with empty_warehouse() as connection:
        assert build_indicators(connection, settings) == build_indicators(connection, settings)


def test_every_column_is_commented(settings: Settings) -> None:
    with empty_warehouse() as connection:
        build_indicators(connection, settings)
        rows = connection.execute(
            "select column_name from duckdb_columns() where schema_name = 'indicators' and comment is null"
        ).fetchall()
        assert rows == []


def test_targets_for_an_unknown_indicator_are_refused(settings: Settings) -> None:
    path = settings.state.with_name("targets.yaml")
    path.write_text("nonsense: {target: 1, source: a board}", "utf-8")
    ours = settings.model_copy(update={"warehouse": WarehouseSettings(targets=path)})
    with empty_warehouse() as connection, pytest.raises(TargetsError, match="nonsense"):
        build_indicators(connection, ours)


def test_figures_of_the_publication_pass_the_checks(published: Settings) -> None:
    with open_published(published) as connection:
        assert failing(connection) == []
        rows = connection.execute("select count(*) from indicators.value where suppressed").fetchone()
        assert rows is not None
        assert rows[0] > 0


DAMAGE = {
    "indicators.value grain_is_unique": "insert into indicators.value from indicators.value limit 1",
    "indicators.value no_small_number_is_shown": "update indicators.value set suppressed = false, "
    "numerator = 1 where indicator_id = 'women_among_staff' and suppressed",
    "indicators.value suppressed_figures_are_empty": "update indicators.value set numerator = 1 "
    "where suppressed",
    "indicators.evidence no_suppressed_figure_is_counted": "update indicators.evidence set region = 'europe'",
    "indicators.evidence event_of_people_stands_once": "insert into indicators.evidence "
    "from indicators.evidence",
    "marts.workforce grain_is_unique": "insert into marts.workforce from marts.workforce limit 1",
    "marts.workforce no_small_number_is_shown": "update marts.workforce set people = 3",
}


@pytest.mark.parametrize("check", [f"{table} {check.name}" for table in CHECKS for check in CHECKS[table]])
def test_each_check_finds_what_it_is_for(published: Settings, check: str) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{published.folder.published}' as source (read_only)")
        connection.execute("create schema indicators; create schema marts")
        for table in ("definition", "value", "evidence"):
            connection.execute(f"create table indicators.{table} as from source.indicators.{table}")
        connection.execute("create table marts.workforce as from source.marts.workforce")
        assert failing(connection) == []
        connection.execute(DAMAGE[check])
        assert check in failing(connection)
