"""The data map: whose data is processed, why, how each field is protected, and where it goes."""

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.sentences import no_data
from orgpulse_pipelines.dashboard.topics.specs import stacked
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.data_map.errors import DataMapError
from orgpulse_pipelines.data_map.read import data_map_rows


def personal_data(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """Personal fields by system and treatment, the contracts that hold them, and where each field goes."""
    return Topic(
        "map",
        words.text("Data map"),
        words.text("Whose personal data is processed, on what ground, and how is it protected?"),
        (_treatments(connection, words), _contracts(connection, words), _fields(connection, words)),
    )


def _treatments(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select system, treatment, count(*) as fields
        from core.dim_contract_field
        where personal_data <> 'none'
        group by system, treatment
        order by system, treatment
        """
    ).fetchall()
    title = words.text("Personal fields by source system and protection")
    if not found:
        return Chart("treatments", title, no_data(words), (), ())
    totals: dict[str, int] = {}
    for _, treatment, fields in found:
        totals[treatment] = totals.get(treatment, 0) + fields
    ranked = sorted(totals, key=lambda one: (-totals[one], one))
    summary = words.text(
        "%(all)s fields of contracts are about people; most are protected by: %(treatment)s (%(count)s).",
        all=words.number(sum(totals.values()), 0),
        treatment=words.member("protection", ranked[0]),
        count=words.number(totals[ranked[0]], 0),
    )
    fields_title = words.text("Fields")
    return Chart(
        "treatments",
        title,
        summary,
        (
            Column("part", words.dimension("system")),
            Column("treatment", words.text("Protection")),
            Column("fields", fields_title, 0),
        ),
        [
            (words.member("system", system), words.member("protection", treatment), count)
            for system, treatment, count in found
        ],
        stacked(
            "part",
            "fields",
            "treatment",
            [words.member("protection", one) for one in ranked],
            ("", fields_title),
        ),
    )


def _contracts(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    found = connection.execute(
        """
        select
          event_type, any_value(system), any_value(purpose), any_value(legal_basis), any_value(data_subjects),
          any_value(retention_days), count(*) filter (personal_data <> 'none')
        from core.dim_contract_field
        group by contract, event_type
        having count(*) filter (personal_data <> 'none') > 0
        order by any_value(system), event_type
        """
    ).fetchall()
    title = words.text("Types of events with personal data")
    if not found:
        return Chart("contracts", title, no_data(words), (), ())
    return Chart(
        "contracts",
        title,
        words.text(
            "%(contracts)s types of events hold personal data. Purposes and grounds are stated by their "
            "owners, in English.",
            contracts=words.number(len(found), 0),
        ),
        (
            Column("event", words.text("Type of event")),
            Column("system", words.dimension("system")),
            Column("purpose", words.text("Purpose")),
            Column("basis", words.text("Legal ground")),
            Column("subjects", words.text("Whose data")),
            Column("days", words.text("Days kept"), 0),
            Column("fields", words.text("Personal fields"), 0),
        ),
        [(row[0], words.member("system", row[1]), *row[2:]) for row in found],
    )


def _fields(connection: duckdb.DuckDBPyConnection, words: Words) -> Chart:
    title = words.text("Where personal fields go")
    try:
        found = data_map_rows(connection)
    except DataMapError:
        return Chart("fields", title, no_data(words), (), ())
    outside = sorted({to for row in found for to in row["recipients_outside"] or ()})
    summary = (
        words.text("What is made of personal fields goes to: %(recipients)s.", recipients=", ".join(outside))
        if outside
        else words.text("Nothing that is made of personal fields goes to anyone outside.")
    )
    return Chart(
        "fields",
        title,
        summary,
        (
            Column("contract", words.text("Contract")),
            Column("field", words.text("Field")),
            Column("category", words.text("Category")),
            Column("treatment", words.text("Protection")),
            Column("published", words.text("Published columns")),
            Column("indicators", words.text("Indicators")),
            Column("exports", words.text("Exports")),
            Column("outside", words.text("Recipients outside")),
        ),
        [
            (
                row["contract"],
                row["field"],
                words.member("personal_data", row["category"]),
                row["safeguards"],
                *(
                    ", ".join(row[name] or ())
                    for name in ("published", "indicators", "exports", "recipients_outside")
                ),
            )
            for row in found
        ],
    )
