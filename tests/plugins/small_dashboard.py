"""A publication with figures that a test states, as the dashboard reads it."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import duckdb

from orgpulse_pipelines.indicators.tables import DEFINITION, VALUE, replace_table

_NUMBER, _DAY = "DECIMAL(28, 6)", "DATE"
_TYPES = {
    "version": "INTEGER", "period_start": _DAY, "period_end": _DAY, "as_of": _DAY, "suppressed": "BOOLEAN",
    **dict.fromkeys(
        ("numerator", "denominator", "value", "baseline", "target", "previous_value", "year_before_value"),
        _NUMBER,
    ),
}  # fmt: skip
_VALUE = {name: (_TYPES.get(name, "VARCHAR"), comment) for name, comment in VALUE.items()}
PUBLICATION = "20200131T000000000000Z"
Row = dict[str, Any]


def definition(indicator_id: str = "coverage", **stated: Any) -> Row:
    """A definition of an indicator with a target, unless told otherwise."""
    row = dict.fromkeys(DEFINITION) | {
        "indicator_id": indicator_id,
        "version": 1,
        "effective_from": date(2016, 1, 1),
        "pillar": "principled",
        "system": "PR-2",
        "title": f"Title of {indicator_id}",
        "definition": "Share of something, 50 % of it.",
        "numerator_meaning": "Those who did",
        "numerator_sql": "select 1",
        "denominator_meaning": "All of them",
        "denominator_sql": "select 2",
        "factor": 100,
        "unit": "%",
        "decimals": 1,
        "direction": "higher",
        "places": ["region", "office"],
        "dimensions": ["gender"],
        "owner": "Ethics and Conduct Office",
        "events": ["training_completion_recorded_v1"],
        "minimum_people": 5,
    }
    return row | stated


def figure(value: float | None, period: str = "2019", grain: str = "year", **stated: Any) -> Row:
    """A figure of the whole organisation, by default of a year."""
    start, end = _days(grain, period)
    row = dict.fromkeys(VALUE) | {
        "indicator_id": "coverage",
        "version": 1,
        "grain": grain,
        "period": period,
        "period_start": start,
        "period_end": end,
        "as_of": end,
        "dimension": "organisation",
        "member": "all",
        "value": value,
        "unit": "%",
        "target": 95,
        "status": "no_data" if value is None else "off_target",
        "suppression": "none",
        "suppressed": False,
    }
    row |= stated
    if row["suppression"] != "none":
        row |= {"status": "suppressed", "suppressed": True, "value": None}
    return row


def publication(
    definitions: Iterable[Row], figures: Iterable[Row], offices: Iterable[tuple[str, str]] = ()
) -> duckdb.DuckDBPyConnection:
    """What the pages of indicators read, in memory."""
    connection = duckdb.connect()
    connection.execute("create schema indicators; create schema answers; create schema meta")
    replace_table(connection, "indicators.definition", "Definitions.", DEFINITION, definitions)
    replace_table(connection, "indicators.value", "Figures.", _VALUE, figures)
    connection.execute("""
        create table indicators.history (
          indicator_id varchar, period varchar, first_published_in varchar, version integer,
          value decimal(28, 6), status varchar
        );
        create table answers.offices (
          unit_id varchar, name varchar, unit_type varchar, region varchar, country varchar
        );
        create table meta.publication (publication_id varchar, published_at timestamp, events bigint);
    """)
    connection.execute("insert into meta.publication values (?, ?, 7)", [PUBLICATION, datetime(2020, 1, 31)])
    for unit_id, name in offices:
        connection.execute(
            "insert into answers.offices values (?, ?, 'country_office', 'africa', 'KEN')", [unit_id, name]
        )
    return connection


def _days(grain: str, period: str) -> tuple[date, date]:
    if grain == "year":
        return date(int(period), 1, 1), date(int(period), 12, 31)
    year, month = int(period[:4]), int(period[5:7])
    start = date(year, 1 if grain == "year_to_date" else month, 1)
    return start, date(year, month, 28)
