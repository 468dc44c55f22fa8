"""Collects YAML cases for models and indicators: small input, hand-checked output.

``tests/models/<schema>.<table>/<case>.yaml`` builds one model, ``tests/indicators/<id>/<case>.yaml``
evaluates one indicator. ``given`` names tables and their rows; everything else on the way is built from
empty tables.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import pytest
import yaml
from pydantic import BaseModel, ConfigDict, Field
from small_warehouse import Given, Row, create_own_tables, event, fill, is_event, model, periods_of, rows_of

from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.build import compute
from orgpulse_pipelines.indicators.definition import versions_of
from orgpulse_pipelines.indicators.sources import tables_measured
from orgpulse_pipelines.indicators.targets import Target
from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.checks import run_checks
from orgpulse_pipelines.modelling.model import Model, load_models


class Case(BaseModel):
    """One case file."""

    model_config = ConfigDict(extra="forbid")

    description: str
    given: Given
    periods: list[int] = Field(default_factory=list[int])
    """Years whose periods ``core.dim_period`` holds, where they are not to be derived from the input."""
    warns: list[str] = Field(default_factory=list[str])
    """Names of the model's checks that must find something; all others must find nothing."""
    threshold: int = 1
    """Smallest number of people that is shown; one by default, so that small cases show everything."""
    targets: dict[str, Target] = Field(default_factory=dict[str, Target])
    expect: list[Row]
    only: str = "true"
    """Which rows of a model are compared: a condition in SQL."""
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
        with duckdb.connect() as connection:
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
    fill(connection, {name}, given_of(case))
    columns = list(dict.fromkeys(key for row in case.expect for key in row)) or ["*"]
    found = rows_of(connection, f"select {', '.join(columns)} from {name} where {case.only}")
    compare(found, [{column: row.get(column) for column in columns} for row in case.expect])
    failed = {outcome.check.name for outcome in run_checks(connection, model(name)) if not outcome.passed}
    if failed != set(case.warns):
        raise CaseFailedError(f"checks that found something: {sorted(failed)}, expected: {case.warns}")


def run_indicator_case(connection: duckdb.DuckDBPyConnection, indicator_id: str, case: Case) -> None:
    """Build everything that an indicator reads, evaluate it, and compare its figures."""
    definitions = versions_of(indicator_id)
    assert definitions, f"no indicator is called {indicator_id}"
    fill(connection, tables_measured(definitions), given_of(case))
    connection.execute("create schema if not exists indicators")
    limits = Limits(case.threshold)
    compute(connection, definitions, case.targets, Audiences(limits, limits))
    figures = {
        (row["period"], row["dimension"], row["member"]): row
        for row in rows_of(connection, "select * from indicators.value")
    }
    for expected in case.expect:
        member = expected.get("member", "all")
        dimension = expected.get("dimension", "organisation" if member == "all" else "region")
        key = (str(expected["period"]), dimension, member)
        if key not in figures:
            near = sorted(known for known in figures if known[0] == key[0]) or sorted(
                {one[0] for one in figures}
            )
            raise CaseFailedError(f"no figure for {key}; there are {near}")
        wanted = {
            name: value for name, value in expected.items() if name not in ("period", "dimension", "member")
        }
        compare([{name: figures[key][name] for name in wanted}], [wanted], str(key))
    surplus = [key for key in figures if key[0] in case.absent]
    if surplus:
        raise CaseFailedError(f"figures for {surplus}, and there should be none")


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
            create_own_tables(connection)
            for model in all_models():
                build_table(connection, model)
        return path.read_bytes()


def given_of(case: Case) -> Given:
    """The rows that a case gives, its periods among them."""
    if not case.periods:
        return case.given
    return {"core.dim_period": [period for year in case.periods for period in periods_of(year)], **case.given}


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
