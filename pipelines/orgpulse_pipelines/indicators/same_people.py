"""Which measures count the same people: their SQL says so.

Two measures are the same where they select the same rows, whatever columns they are broken down by. A measure
is a member of another one where it asks for one thing more, and that is a dimension of the other: women among
staff are the member ``female`` of staff by gender.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

import sqlglot
from sqlglot import exp

from orgpulse_pipelines.indicators.definition import Definition, Measure

_BESIDE: Final = frozenset({"event_id"})
"""Columns that say nothing of what is counted."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a measure selects, apart from the columns that it is broken down by."""

    rows: str
    """How rows are counted and where they come from."""
    conditions: frozenset[str]
    """What is asked of them."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A measure's form, and the dimensions that are plain columns of it."""

    form: Form
    dimensions: frozenset[tuple[str, str]]
    """Name of the dimension and the expression behind it."""

    def member_in(self, other: "Rows") -> tuple[str, str] | None:
        """The dimension and member of the other measure that selects the same rows."""
        added = self.form.conditions - other.form.conditions
        if (
            self.form.rows != other.form.rows
            or len(added) != 1
            or not other.form.conditions <= self.form.conditions
        ):
            return None
        asked = sqlglot.parse_one(next(iter(added)), read="duckdb")
        if not isinstance(asked, exp.EQ) or not isinstance(asked.expression, exp.Literal):
            return None
        column = asked.this.sql(dialect="duckdb")
        names = [name for name, expression in other.dimensions if expression == column]
        return (names[0], asked.expression.name) if names else None


def rows_of(measure: Measure, dimensions: Iterable[str]) -> Rows:
    """What the SQL of a measure selects; an average counts the rows of its stock."""
    counts = "stock" if measure.counts == "average" else measure.counts
    return _rows_of(measure.sql, counts, measure.aggregate, tuple(dimensions))


@cache
def _rows_of(sql: str, counts: str, aggregate: str, dimensions: tuple[str, ...]) -> Rows:
    query = sqlglot.parse_one(sql, read="duckdb")
    if not isinstance(query, exp.Select):
        return Rows(Form(f"{counts} {aggregate} {query.sql(dialect='duckdb')}", frozenset()), frozenset())
    broken_down = [one for one in query.expressions if one.alias_or_name in dimensions]
    counted = [one for one in query.expressions if one.alias_or_name not in {*dimensions, *_BESIDE}]
    where = query.args.get("where")
    conditions = where.this.flatten() if where and isinstance(where.this, exp.And) else ()
    asked = conditions or ((where.this,) if where else ())
    bare = query.copy()
    bare.set("where", None)
    bare.set("expressions", sorted((one.copy() for one in counted), key=lambda one: one.alias_or_name))
    return Rows(
        Form(
            f"{counts} {aggregate} {bare.sql(dialect='duckdb', comments=False)}",
            frozenset(one.sql(dialect="duckdb", comments=False) for one in asked),
        ),
        frozenset((one.alias_or_name, one.unalias().sql(dialect="duckdb")) for one in broken_down),
    )


def all_rows(definition: Definition) -> dict[str, Rows]:
    """What each side of an indicator selects."""
    return {side: rows_of(measure, definition.dimensions) for side, measure in definition.measures.items()}
