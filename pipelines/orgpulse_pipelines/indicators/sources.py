"""Which tables the indicators are computed from: the SQL of their measures says so."""

from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.evaluation import relation
from orgpulse_pipelines.modelling.dependencies import tables_read


def tables_measured(definitions: tuple[Definition, ...]) -> frozenset[str]:
    """The tables that the measures of the definitions read, as ``schema.table``."""
    found = frozenset({"core.unit_year_end"})
    for definition in definitions:
        for measure in (definition.numerator, definition.denominator):
            if measure is not None:
                query = f"{relation(measure.sql)} select * from measure"  # noqa: S608
                found |= tables_read(query, definition.id)
    return found
