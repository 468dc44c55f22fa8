"""Which tables the indicators are computed from: the SQL of their measures says so."""

from collections.abc import Iterator

from orgpulse_pipelines.indicators.definition import Definition, Measure
from orgpulse_pipelines.indicators.evaluation import relation
from orgpulse_pipelines.modelling.dependencies import tables_read
from orgpulse_pipelines.modelling.model import Model

Side = tuple[str, int, str]
"""An indicator, the version of its definition, and ``numerator`` or ``denominator``."""


def tables_measured(definitions: tuple[Definition, ...]) -> frozenset[str]:
    """The tables that the measures of the definitions read, as ``schema.table``."""
    found = frozenset({"core.unit_year_end"})
    for definition in definitions:
        for _, measure in _measures(definition):
            found |= _read(measure, definition.id)
    return found


def sides_about_people(definitions: tuple[Definition, ...], models: tuple[Model, ...]) -> frozenset[Side]:
    """The numerators and denominators whose rows come from a table about single people."""
    about_people = {model.name for model in models if model.metadata.people}
    return frozenset(
        side
        for definition in definitions
        for side, measure in _measures(definition)
        if _read(measure, definition.id) & about_people
    )


def _measures(definition: Definition) -> Iterator[tuple[Side, Measure]]:
    for side, measure in (("numerator", definition.numerator), ("denominator", definition.denominator)):
        if measure is not None:
            yield (definition.id, definition.version, side), measure


def _read(measure: Measure, name: str) -> frozenset[str]:
    return tables_read(f"{relation(measure.sql)} select * from measure", name)  # noqa: S608
