"""What a model is: a folder ``models/<schema>/<table>`` with ``query.sql`` and ``meta.yaml``."""

import hashlib
import re
from dataclasses import dataclass
from functools import cache, cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from orgpulse_pipelines.errors import ModelDefinitionError
from orgpulse_pipelines.modelling.dependencies import is_steady, tables_named, tables_read
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.yaml_text import parse_yaml

MODELS: Final = Path(__file__).parent.parent / "models"
"""Folder of the models that ship with the platform."""
SCHEMAS: Final = ("core", "marts")
GENERATED: Final = frozenset(
    {
        "core.event_lineage",
        "core.rejected_event",
        "core.repeated_event",
        "core.dim_contract_field",
        "core.dim_country",
        "core.dim_language",
    }
)
"""Tables of the model schemas that the platform makes without a model folder."""
_GRAIN: Final = re.compile(r"^-- grain: (?P<grain>.+)$")


class Check(BaseModel):
    """A rule that a table must keep: a query that returns the rows that break it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{2,62}$")
    severity: Literal["fail", "warn"]
    """``fail`` stops the build before anything is published; ``warn`` is shown and goes on."""
    description: str = Field(min_length=10)
    sql: str = Field(min_length=10)


class Parts(BaseModel):
    """How the rows of a table fall apart into parts that are made of nothing but their own events.

    Each row of the table belongs to one value of the key, and so does each row of the inputs that have these
    columns: the rows of a value depend on the input rows of this value, whatever the rest holds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: tuple[str, ...] = Field(min_length=1)
    """Columns of the table."""
    called: dict[str, str] = Field(default_factory=dict[str, str])
    """Name of a key column in those inputs that call it otherwise."""
    lookups: dict[str, tuple[str, ...]] = Field(default_factory=dict[str, tuple[str, ...]])
    """Tables that rows are left joined with, and by which columns, of the same name in both.
    Where another input without the key changes, the whole table is made anew."""


class ModelMetadata(BaseModel):
    """The content of ``meta.yaml``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    owner: str = Field(min_length=3)
    """Unit of the organisation that answers for the table."""
    description: str = Field(min_length=10)
    retention: str = Field(min_length=3)
    """How long its rows are kept, in words."""
    people: bool = False
    """Whether its rows are about single people: it is built, and never published."""
    withheld: tuple[str, ...] = ()
    """Columns that count the people of single events: they are built, and never published, since figures that
    are suppressed are sums of them."""
    columns: dict[str, str] = Field(min_length=1)
    """Every column with its meaning and unit."""
    checks: tuple[Check, ...] = ()
    incremental: Parts | None = None
    """Where it says how, only those parts of the table are made anew that new events touch."""


@dataclass(frozen=True)
class Model:
    """One table of the warehouse that a query makes."""

    schema: str
    table: str
    sql: str
    grain: str
    """What one row is, from the query's first line."""
    metadata: ModelMetadata
    depends_on: frozenset[str]
    """The tables it reads, as ``schema.table``."""

    @property
    def name(self) -> str:
        """``schema.table``"""
        return f"{self.schema}.{self.table}"

    @property
    def version(self) -> str:
        """Changes when the query or its metadata change; the same in every process."""
        text = self.sql + self.metadata.model_dump_json()
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def inputs(self) -> frozenset[str]:
        """The tables on which its rows or the outcome of its checks depend, as ``schema.table``."""
        named = (tables_named(check.sql) for check in self.metadata.checks)
        return self.depends_on.union(*named) - {self.name}

    @cached_property
    def is_steady(self) -> bool:
        """Whether it comes out the same as long as its inputs do."""
        return is_steady(self.sql, self.name)


def load_model(folder: Path) -> Model:
    """Read one model folder; raises :class:`ModelDefinitionError` saying what is wrong with it."""
    name = f"{folder.parent.name}.{folder.name}"
    try:
        sql = (folder / "query.sql").read_text(encoding="utf-8")
        metadata = _metadata(name, (folder / "meta.yaml").read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelDefinitionError(f"{error.filename}: {error.strerror}") from None
    grain = _GRAIN.match(sql.partition("\n")[0])
    if grain is None:
        raise ModelDefinitionError(f"{name}: the first line of query.sql is not `-- grain: one row per …`")
    depends_on = tables_read(sql, name)
    return Model(folder.parent.name, folder.name, sql, grain["grain"], metadata, depends_on)


def _metadata(name: str, text: str) -> ModelMetadata:
    try:
        return ModelMetadata.model_validate(parse_yaml(text))
    except yaml.YAMLError:
        raise ModelDefinitionError(f"{name}: meta.yaml is not well-formed YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ModelDefinitionError(f"{name}: meta.yaml, {place}: {first['msg']}") from None


def load_models(root: Path = MODELS) -> tuple[Model, ...]:
    """Every model under a folder, each after the models it reads.

    Raises :class:`ModelDefinitionError` if a folder is not well formed, a model reads a model that does not
    exist, or models read each other in a circle.
    """
    return _load_models(root)


@cache
def _load_models(root: Path) -> tuple[Model, ...]:
    folders = (
        folder for schema in SCHEMAS for folder in sorted((root / schema).glob("*")) if folder.is_dir()
    )
    models = {model.name: model for model in map(load_model, folders)}
    for model in models.values():
        _require_existing(model, models)
    graph = {name: sorted(model.depends_on & models.keys()) for name, model in models.items()}
    try:
        return tuple(models[name] for name in TopologicalSorter(graph).static_order())
    except CycleError as error:
        raise ModelDefinitionError(f"models read each other: {' -> '.join(error.args[1])}") from None


def _require_existing(model: Model, models: dict[str, Model]) -> None:
    staged = {staging_table(about) for about in staged_contracts()}
    unknown = sorted(model.depends_on - models.keys() - GENERATED - staged)
    if unknown:
        raise ModelDefinitionError(f"{model.name} reads {', '.join(unknown)}, which nothing makes")
