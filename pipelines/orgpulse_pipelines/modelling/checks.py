"""Runs the checks of a model: each counts the rows that break its rule."""

from dataclasses import dataclass

import duckdb

from orgpulse_pipelines.modelling.model import Check, Model
from orgpulse_pipelines.warehouse.failures import sql_errors


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """How many rows break a rule."""

    check: Check
    violations: int

    @property
    def passed(self) -> bool:
        """Whether no row breaks the rule."""
        return self.violations == 0

    @property
    def blocks(self) -> bool:
        """Whether the build must stop."""
        return not self.passed and self.check.severity == "fail"


def run_rule(connection: duckdb.DuckDBPyConnection, table: str, check: Check) -> CheckOutcome:
    """Count the rows that break a rule of a table; raises :class:`ModelBuildError` if its query fails."""
    with sql_errors(f"check {check.name} of {table}"):
        row = connection.execute(f"select count(*) from ({check.sql})").fetchone()  # noqa: S608
    return CheckOutcome(check, int(row[0]) if row else 0)


def run_check(connection: duckdb.DuckDBPyConnection, model: Model, check: Check) -> CheckOutcome:
    """The outcome of one check of a model; raises :class:`ModelBuildError` if its query fails."""
    return run_rule(connection, model.name, check)


def run_checks(connection: duckdb.DuckDBPyConnection, model: Model) -> tuple[CheckOutcome, ...]:
    """The outcome of every check of a model, in the order of its metadata."""
    return tuple(run_check(connection, model, check) for check in model.metadata.checks)
