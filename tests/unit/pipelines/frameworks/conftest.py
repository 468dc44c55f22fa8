"""The way to the figures that tests of frameworks share, and a small publication with scores."""

from pathlib import Path

import pytest
from sql_cases import empty_warehouse

from orgpulse_pipelines.frameworks.build import build_frameworks
from orgpulse_pipelines.indicators.build import build_indicators
from orgpulse_platform.settings import Settings

FIGURES = """
    ('women_among_staff', 'organisation', 'all', 47, 'off_target'),
    ('women_in_senior_grades', 'organisation', 'all', 35, 'off_target'),
    ('women_among_staff', 'region', 'africa', 36, 'off_target'),
    ('women_in_senior_grades', 'region', 'africa', null, 'suppressed'),
    ('staff_appointed', 'organisation', 'all', 120, 'no_target')
"""
"""Indicator, dimension, member, value and status of the figures of 2019."""
_INSERT = f"""
    insert into indicators.value by name
    select
      indicator_id, 1 as version, 'year' as grain, '2019' as period, date '2019-01-01' as period_start,
      date '2019-12-31' as period_end, period_end as as_of, dimension, member, value,
      if(value is null, null, 100) as denominator, status, status = 'suppressed' as suppressed,
      if(suppressed, 'suppressed', 'none') as suppression
    from (values {FIGURES}) as figure (indicator_id, dimension, member, value, status)
"""


@pytest.fixture(scope="session")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The state folder of a publication with few figures and the shipped frameworks."""
    state = tmp_path_factory.mktemp("state")
    settings = Settings(state=state)
    settings.folder.publications.mkdir()
    with empty_warehouse() as connection:
        build_indicators(connection, settings)
        connection.execute(_INSERT)
        build_frameworks(connection, settings)
        connection.execute(f"attach '{settings.folder.published}' as published")
        for schema, table in connection.execute(
            "select schema_name, table_name from duckdb_tables() "
            "where schema_name = 'indicators' or table_name = 'dim_organisation_unit'"
        ).fetchall():
            connection.execute(f"create schema if not exists published.{schema}")
            connection.execute(f"create table published.{schema}.{table} as from {schema}.{table}")
    return state


@pytest.fixture
def published(publication: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of the publication, also for commands."""
    monkeypatch.setenv("ORGPULSE_STATE", str(publication))
    return Settings(state=publication)
