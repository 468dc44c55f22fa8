"""Analysts' queries on the published warehouse."""

import csv
import io
from dataclasses import dataclass
from typing import Any, Literal

import duckdb
from rich.table import Table

from orgpulse_pipelines.errors import QueryError
from orgpulse_pipelines.publication.read import confine, open_published
from orgpulse_platform.cli.console import print_json, results
from orgpulse_platform.settings import Settings


@dataclass(frozen=True, slots=True)
class Answer:
    """Column names and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def run_query(settings: Settings, query: str) -> Answer:
    """The answer of the published warehouse; raises :class:`QueryError` with DuckDB's own explanation.

    Its words may be shown: it is the analyst's own query, on data without personal values.
    """
    with open_published(settings) as connection:
        confine(connection)
        try:
            found = connection.execute(query)
            names = tuple(column[0] for column in found.description or ())
            return Answer(names, found.fetchall() if names else [])
        except duckdb.Error as error:
            raise QueryError(str(error)) from None


def show(answer: Answer, form: Literal["table", "json", "csv"]) -> None:
    """Write an answer to standard output."""
    if form == "json":
        print_json([dict(zip(answer.columns, row, strict=True)) for row in answer.rows])
    elif form == "csv":
        results.print(_csv(answer), end="", markup=False, soft_wrap=True)
    else:
        results.print(_table(answer))


def _csv(answer: Answer) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(answer.columns)
    writer.writerows(answer.rows)
    return text.getvalue()


def _table(answer: Answer) -> Table:
    table = Table()
    for position, name in enumerate(answer.columns):
        numbers = all(isinstance(row[position], int | float) for row in answer.rows[:100])
        table.add_column(name, justify="right" if numbers and answer.rows else "left")
    for row in answer.rows:
        table.add_row(*("" if value is None else str(value) for value in row))
    return table
