"""Collects YAML cases for models and indicators: small input, hand-checked output.

``tests/models/<schema>.<table>/<case>.yaml`` builds one model, ``tests/indicators/<id>/<case>.yaml``
evaluates one indicator. ``given`` names tables and their rows; everything else on the way is built from
empty staging tables. An ``event_id`` may be any word. Columns that a row leaves out are empty, but for the
envelope.
"""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field

from orgpulse_pipelines.indicators.build import compute
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.indicators.tables import value_row
from orgpulse_pipelines.indicators.targets import Target
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.checks import run_checks
from orgpulse_pipelines.modelling.model import Model, load_models
from orgpulse_pipelines.staging.lineage import create_lineage
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table

ENVELOPE = {"occurred_at": "2020-01-02 00:00:00", "arrived_at": "2021-01-01 00:00:00"}
Row = dict[str, Any]


class Case(BaseModel):
    """One case file."""

    model_config = ConfigDict(extra="forbid")

    description: str
    given: dict[str, list[Row]]
    periods: list[int] = Field(default_factory=list[int])
    """Years of ``core.dim_period``, where they are not to be derived from the input."""
    warns: list[str] = Field(default_factory=list[str])
    """Names of the model's checks that must find something; all others must find nothing."""
    threshold: int = 1
    """Smallest number of people that is shown; one by default, so that small cases show everything."""
    targets: dict[str, Target] = Field(default_factory=dict[str, Target])
    expect: list[Row]
    absent: list[str] = Field(default_factory=list[str])
    """Periods for which an indicator must have no figure at all."""


class CaseFailedError(AssertionError):
    """The output differs from what was expected."""


class CaseFile(pytest.File):
    """A YAML file with one case."""

    def collect(self) -> Iterator[pytest.Item]:
        """The one case."""
        yield CaseItem.from_parent(self, name=self.path.stem)


class CaseItem(pytest.Item):
    """The case as a test."""

    def runtest(self) -> None:
        """Build what the case is about and compare."""
        case = Case.model_validate(yaml.safe_load(self.path.read_text("utf-8")))
        folder = self.path.parent
        with empty_warehouse() as connection:
            if folder.parent.name == "models":
                run_model_case(connection, folder.name, case)
            else:
                run_indicator_case(connection, folder.name, case)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """The difference alone; the way there says nothing."""
        if isinstance(excinfo.value, CaseFailedError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the case stands."""
        return self.path, 0, f"{self.path.parent.name}: {self.name}"


def collect_case(file_path: Path, parent: pytest.Collector) -> CaseFile | None:
    """The collector of a YAML file below ``models`` or ``indicators``."""
    if file_path.suffix == ".yaml":
        return CaseFile.from_parent(parent, path=file_path)
    return None


@cache
def all_models() -> tuple[Model, ...]:
    """The models, read once."""
    return load_models()


def run_model_case(connection: duckdb.DuckDBPyConnection, name: str, case: Case) -> None:
    """Build one model and everything it reads, and compare its rows."""
    prepare(connection, {name}, case)
    columns = list(dict.fromkeys(key for row in case.expect for key in row)) or ["*"]
    found = rows_of(connection, f"select {', '.join(columns)} from {name}")
    compare(found, [{column: row.get(column) for column in columns} for row in case.expect])
    model = next(one for one in all_models() if one.name == name)
    failed = {outcome.check.name for outcome in run_checks(connection, model) if not outcome.passed}
    if failed != set(case.warns):
        raise CaseFailedError(f"checks that found something: {sorted(failed)}, expected: {case.warns}")


def run_indicator_case(connection: duckdb.DuckDBPyConnection, indicator_id: str, case: Case) -> None:
    """Build everything that an indicator reads, evaluate it, and compare its figures."""
    definitions = tuple(one for one in load_definitions() if one.id == indicator_id)
    assert definitions, f"no indicator is called {indicator_id}"
    prepare(connection, {"core.dim_period", "core.unit_year_end", *measured(indicator_id)}, case)
    judged = compute(connection, definitions, case.targets, case.threshold)
    figures = {(row["period"], row["member"]): row for row in (value_row(one, None) for one in judged)}
    for expected in case.expect:
        key = (str(expected["period"]), expected.get("member", "all"))
        if key not in figures:
            raise CaseFailedError(f"no figure for {key}; there are {sorted(figures)}")
        wanted = {name: value for name, value in expected.items() if name not in ("period", "member")}
        compare([{name: figures[key][name] for name in wanted}], [wanted], str(key))
    surplus = [key for key in figures if key[0] in case.absent]
    if surplus:
        raise CaseFailedError(f"figures for {surplus}, and there should be none")


def measured(indicator_id: str) -> frozenset[str]:
    """The tables that the measures of an indicator read."""
    return tables_measured(tuple(one for one in load_definitions() if one.id == indicator_id))


@contextmanager
def empty_warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse of its own in which every table exists and none has rows."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "case.duckdb"
        path.write_bytes(template())
        with duckdb.connect(str(path)) as connection:
            yield connection


@cache
def template() -> bytes:
    """The empty warehouse, built once a session: also the proof that every model builds without events."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.duckdb"
        with duckdb.connect(str(path)) as connection:
            create_staging_tables(connection)
            create_lineage(connection)
            for model in all_models():
                build_table(connection, model)
        return path.read_bytes()


def prepare(connection: duckdb.DuckDBPyConnection, wanted: set[str], case: Case) -> None:
    """Put in what is given and rebuild what lies between it and the wanted tables."""
    given = dict(case.given)
    if case.periods:
        given["core.dim_period"] = [
            {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "label": str(year)}
            for year in case.periods
        ]
    models = all_models()
    unknown = given.keys() - {one.name for one in models} - staging_names()
    assert not unknown, f"there is no table {unknown}"
    changed = set(given)
    for name, rows in given.items():
        insert(connection, name, rows)
    needed = closure(wanted, models)
    for model in models:
        if model.name in needed and model.name not in given and model.depends_on & changed:
            build_table(connection, model)
            changed.add(model.name)


def staging_names() -> set[str]:
    """Names of the staging tables."""
    return {staging_table(about) for about in staged_contracts()}


def closure(names: Iterable[str], models: tuple[Model, ...]) -> set[str]:
    """The models and all that they read, near and far."""
    by_name = {model.name: model for model in models}
    found: set[str] = set()
    waiting = [name for name in names if name in by_name]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [other for other in by_name[name].depends_on if other in by_name]
    return found


def insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Insert rows; the envelope is filled in where the table has it and the row does not."""
    columns = {row[0] for row in connection.execute(f"describe {table}").fetchall()}
    for number, row in enumerate(rows):
        named = {"event_id": f"{table}#{number}", **ENVELOPE}
        filled = {name: value for name, value in named.items() if name in columns} | row
        values = [event(value) if is_event(name) else value for name, value in filled.items()]
        names = ", ".join(f'"{name}"' for name in filled)
        connection.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(values))})", values)


def is_event(column: str) -> bool:
    """Whether a column holds the identity of an event."""
    return column == "event_id" or column.endswith("_event_id")


def event(name: Any) -> uuid.UUID | None:
    """The identity that stands for a word in a case."""
    return None if name is None else uuid.uuid5(uuid.NAMESPACE_OID, str(name))


def rows_of(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    """The rows of a query by column name."""
    cursor = connection.execute(query)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def compare(found: list[Row], expected: list[Row], what: str = "rows") -> None:
    """Compare as sets with repetition: the order of rows means nothing."""
    plain_found = sorted((plain(row) for row in found), key=repr)
    plain_expected = sorted((plain(row) for row in expected), key=repr)
    if plain_found != plain_expected:
        lines = [f"{what} differ", "expected:", *map(repr, plain_expected), "found:", *map(repr, plain_found)]
        raise CaseFailedError("\n  ".join(lines))


def plain(row: Row) -> tuple[tuple[str, Any], ...]:
    """A row as comparable values: numbers rounded to six digits, event words as identities."""
    return tuple(sorted((name, plain_value(name, value)) for name, value in row.items()))


def plain_value(name: str, value: Any) -> Any:
    """One value of a row."""
    if is_event(name) and not isinstance(value, uuid.UUID):
        return event(value)
    if isinstance(value, bool) or value is None:
        return value
    return round(Decimal(str(value)), 6) if isinstance(value, int | float | Decimal) else value
