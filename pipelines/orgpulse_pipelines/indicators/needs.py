"""What indicators need: the fields of contracts without which a figure could not be computed."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Final

from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.modelling.column_needs import ColumnsByTable, columns_needed
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.reconciliation import rejected_events
from orgpulse_pipelines.staging import contract_fields, lineage, repeated_events
from orgpulse_pipelines.staging.versions import (
    column_origins,
    staged_contracts,
    staging_columns,
    staging_table,
)
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.privacy import PersonalData
from orgpulse_schemas.protected import dropped

_OFFICES: Final = "core.dim_organisation_unit"
"""Figures are broken down by it, whatever their measures read."""
Need = tuple[str, str]
"""Event type and field."""


@cache
def needed_fields() -> frozenset[Need]:
    """Every field that an indicator needs; following all queries takes some seconds once a process."""
    tables = _tables()
    asked = defaultdict[str, set[str]](set)
    asked[_OFFICES] = set(tables[_OFFICES])
    for definition in load_definitions():
        for side, measure in definition.measures.items():
            _ask(asked, columns_needed(measure.sql, f"{definition.id} ({side})", tables))
    for model in reversed(load_models()):
        if model.name in asked:
            _ask(asked, columns_needed(model.sql, model.name, tables, asked[model.name]))
    return frozenset(_fields(asked))


def about_somebody(about: About) -> list[ContractField]:
    """The fields that leave protection and say something about somebody.

    These are the personal ones, and whatever else stands in an event that numbers somebody: beside a
    pseudonym, a reason for leaving is that of a person.
    """
    passing = [field for field in about.fields if field.name not in dropped(about)]
    if any(field.personal_data is PersonalData.IDENTIFIER for field in passing):
        return passing
    return [field for field in passing if field.personal_data is not PersonalData.NONE]


def _ask(asked: dict[str, set[str]], needed: dict[str, set[str]]) -> None:
    for table, columns in needed.items():
        asked[table] |= columns


def _tables() -> ColumnsByTable:
    """The columns of every table that a query may read."""
    return {
        **{staging_table(about): [column.name for column in staging_columns(about)]
           for about in staged_contracts()},
        lineage.LINEAGE: lineage.COLUMNS,
        contract_fields.CONTRACT_FIELDS: contract_fields.COLUMNS,
        repeated_events.REPEATED_EVENTS: [column.name for column in repeated_events.COLUMNS],
        rejected_events.REJECTED_EVENTS: rejected_events.COLUMNS,
        **{model.name: model.metadata.columns for model in load_models()},
    }  # fmt: skip


def _fields(asked: dict[str, set[str]]) -> Iterator[Need]:
    """Columns of staging as fields of the contracts that they come from, in every version."""
    for newest in staged_contracts():
        for column in asked.get(staging_table(newest), ()):
            for about, field in column_origins(column, newest):
                yield about.event_type, field
