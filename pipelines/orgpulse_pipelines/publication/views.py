"""Views of a publication in the analysts' language: ``answers/<view>.sql`` with its meaning in ``.yaml``.

They read only what is published, so they can show nothing that is not. A view passes no identity of an event
on: the command that traces an event looks for it in the tables themselves.
"""

from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Final

import duckdb
from pydantic import BaseModel, ConfigDict, Field
from sqlglot import exp

from orgpulse_pipelines.modelling.dependencies import parsed
from orgpulse_pipelines.warehouse.catalog import comment_on, identifier
from orgpulse_pipelines.yaml_text import parse_yaml

SCHEMA: Final = "answers"
_FOLDER: Final = Path(__file__).parent / SCHEMA
_GRAIN: Final = "-- grain: "
_TABLES: Final = """
    select schema_name || '.' || table_name from duckdb_tables() where database_name = current_database()
"""


class Meaning(BaseModel):
    """The content of a view's ``.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str = Field(min_length=10)
    columns: dict[str, str] = Field(min_length=1)
    """Every column with its meaning and unit."""


@dataclass(frozen=True, slots=True)
class View:
    """A question that analysts ask often, as a view."""

    name: str
    """``answers.view``"""
    sql: str
    grain: str
    meaning: Meaning
    reads: frozenset[str]
    """The published tables and other views that it reads, as ``schema.table``."""

    @property
    def comment(self) -> str:
        """Its meaning in the publication."""
        return f"{self.meaning.description} Grain: {self.grain}."


@cache
def load_views() -> tuple[View, ...]:
    """The views that ship with the platform, each after those that it reads."""
    views = {view.name: view for view in map(_load, sorted(_FOLDER.glob("*.sql")))}
    order = TopologicalSorter({name: view.reads & views.keys() for name, view in views.items()})
    return tuple(views[name] for name in order.static_order())


def _load(path: Path) -> View:
    sql = path.read_text(encoding="utf-8")
    name = f"{SCHEMA}.{path.stem}"
    grain = sql.partition("\n")[0].removeprefix(_GRAIN)
    meaning = Meaning.model_validate(parse_yaml(path.with_suffix(".yaml").read_text(encoding="utf-8")))
    tables = parsed(sql, name).find_all(exp.Table)
    reads = frozenset(f"{table.db}.{table.name}" for table in tables if table.db)  # others are its own CTEs
    return View(name, sql, grain, meaning, reads)


def write_views(connection: duckdb.DuckDBPyConnection, catalog: str) -> None:
    """Create the views in an attached publication, as far as it holds what they read.

    A view keeps the names of its tables as they are written, so that a reader may attach the file under any
    name. Therefore the connection uses the publication while they are made, and is left so.
    """
    connection.execute(f"use {catalog}; create schema {SCHEMA}")
    known = {name for (name,) in connection.execute(_TABLES).fetchall()}
    for view in load_views():
        if view.reads <= known:
            connection.execute(f"create view {view.name} as {view.sql}")
            comment_on(connection, view.name, view.comment, view.meaning.columns, kind="view")
            known.add(view.name)


def run_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Read from every view of an open publication; raises :class:`duckdb.Error` if one cannot be read."""
    names = connection.execute(
        "select view_name from duckdb_views() where database_name = current_database() and schema_name = ?",
        [SCHEMA],
    ).fetchall()
    for (name,) in names:
        connection.execute(f"from {SCHEMA}.{identifier(name)} limit 1").fetchall()
