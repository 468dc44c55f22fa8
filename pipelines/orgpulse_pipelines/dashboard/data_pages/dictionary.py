"""The data dictionary: every published table and column with its meaning."""

from itertools import groupby

import duckdb

from orgpulse_pipelines.dashboard.charts import Chart, Column
from orgpulse_pipelines.dashboard.topics.topic import Topic
from orgpulse_pipelines.dashboard.words.catalogue import Words


def dictionary(connection: duckdb.DuckDBPyConnection, words: Words) -> Topic:
    """A table of columns for each published table, in the order of schemas and tables."""
    found = connection.execute(
        """
        select "schema", "table", "column", type, comment, table_comment
        from meta.columns
        order by "schema", "table", rowid
        """
    ).fetchall()
    headings = (
        Column("column", words.text("Column")),
        Column("type", words.text("Type")),
        Column("meaning", words.text("Meaning")),
    )
    charts = [
        Chart(
            f"{schema}-{table}",
            f"{schema}.{table}",
            columns[0][5] or "",
            headings,
            [(name, kind, comment) for _, _, name, kind, comment, _ in columns],
        )
        for (schema, table), group in groupby(found, key=lambda row: (row[0], row[1]))
        for columns in [list(group)]
    ]
    lead = words.text(
        "%(tables)s tables with %(columns)s columns that analysts read. Meanings are stated by their "
        "owners, in English.",
        tables=words.number(len(charts), 0),
        columns=words.number(len(found), 0),
    )
    return Topic("dictionary", words.text("Data dictionary"), lead, tuple(charts))
