"""The tables of the frameworks: comments, checks, and a warehouse without events."""

import duckdb
import pytest
from scored_figures import figure, fill, framework, indicator, mapping
from sql_cases import empty_warehouse

from orgpulse_pipelines.asset_names import table_key
from orgpulse_pipelines.frameworks.assets import frameworks
from orgpulse_pipelines.frameworks.build import build_frameworks, score
from orgpulse_pipelines.frameworks.checks import CHECKS
from orgpulse_pipelines.frameworks.tables import FRAMEWORK_SCORE, TABLES
from orgpulse_pipelines.indicators.assets import VALUE_KEY
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_pipelines.modelling.checks import run_rule
from orgpulse_platform.settings import Settings

DAMAGE = {
    "grain_is_unique": f"insert into {FRAMEWORK_SCORE} from {FRAMEWORK_SCORE}",
    "scores_fit_their_status": f"update {FRAMEWORK_SCORE} set score = 101",
    "no_suppressed_figure_is_scored": "update indicators.value set suppressed = true",
}


def failing(connection: duckdb.DuckDBPyConnection) -> list[str]:
    outcomes = [run_rule(connection, FRAMEWORK_SCORE, check) for check in CHECKS[FRAMEWORK_SCORE]]
    return [one.check.name for one in outcomes if not one.passed]


def test_without_events_there_are_frameworks_and_no_scores_and_every_column_is_commented(
    settings: Settings,
) -> None:
    with empty_warehouse() as connection:
        build_indicators(connection, settings)
        built = build_frameworks(connection, settings)
        assert (built.scores, built.statuses) == (0, {})
        assert build_frameworks(connection, settings) == built
        assert failing(connection) == []
        uncommented = connection.execute(
            "select table_name, column_name from duckdb_columns() "
            "where list_contains(?, schema_name || '.' || table_name) and comment is null",
            [list(TABLES)],
        ).fetchall()
        assert uncommented == []


@pytest.mark.parametrize("check", [one.name for one in CHECKS[FRAMEWORK_SCORE]])
def test_each_check_finds_what_it_is_for(check: str) -> None:
    with duckdb.connect() as connection:
        fill(connection, [figure(55), figure(57, "africa")])
        score(connection, [framework(mapping())], [indicator()])
        assert failing(connection) == []
        connection.execute(DAMAGE[check])
        assert check in failing(connection)


def test_scores_come_after_the_figures_and_their_checks_block() -> None:
    assert VALUE_KEY in frameworks.asset_deps[table_key(FRAMEWORK_SCORE)]
    assert {spec.name for spec in frameworks.check_specs} == {one.name for one in CHECKS[FRAMEWORK_SCORE]}
    assert all(spec.blocking for spec in frameworks.check_specs)
