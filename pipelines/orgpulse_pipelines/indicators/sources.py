"""Which tables the indicators are computed from: the SQL of their measures says so."""

from collections.abc import Iterator

from orgpulse_pipelines.indicators.definition import Definition, Measure
from orgpulse_pipelines.indicators.measuring import relation
from orgpulse_pipelines.modelling.dependencies import tables_read
from orgpulse_pipelines.modelling.model import Model

Side = tuple[str, int, str]
"""An indicator, the version of its definition, and ``numerator`` or ``denominator``."""


def tables_measured(definitions: tuple[Definition, ...]) -> frozenset[str]:
    """The tables that the measures of the definitions read, as ``schema.table``."""
    found = frozenset({"core.dim_period", "core.dim_organisation_unit"})
    for definition in definitions:
        for _, measure in _measures(definition):
            found |= tables_of(measure.sql, definition.id)
    return found


def sides_about_people(definitions: tuple[Definition, ...], models: tuple[Model, ...]) -> frozenset[Side]:
    """The numerators and denominators whose rows come from a table about single people."""
    about_people = {model.name for model in models if model.metadata.people}
    return frozenset(
        side
        for definition in definitions
        for side, measure in _measures(definition)
        if tables_of(measure.sql, definition.id) & about_people
    )


def _measures(definition: Definition) -> Iterator[tuple[Side, Measure]]:
    for side, measure in definition.measures.items():
        yield (definition.id, definition.version, side), measure


def tables_of(sql: str, name: str) -> frozenset[str]:
    """The tables that the SQL of one measure of the indicator ``name`` reads, as ``schema.table``."""
    return tables_read(f"{relation(sql)} select * from measure", name)  # noqa: S608
