"""The record of processing: one row for each field of every contract that holds personal data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import duckdb

from orgpulse_pipelines.data_map.flows import Column, flows
from orgpulse_pipelines.data_map.uses import counts_staff, indicators_of
from orgpulse_pipelines.exports.definition import ExportDefinition
from orgpulse_pipelines.frameworks.load import newest
from orgpulse_pipelines.indicators.definition import Definition, load_definitions
from orgpulse_pipelines.indicators.tables import replace_table
from orgpulse_pipelines.indicators.workforce import WORKFORCE
from orgpulse_pipelines.modelling.model import Model
from orgpulse_platform.reference_pages.docstrings import attribute_docstrings
from orgpulse_platform.settings import KafkaSettings
from orgpulse_platform.topics import rejected_topic
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.registry import all_contracts

DATA_MAP: Final = "meta.data_map"
COMMENT: Final = (
    "The record of processing: whose data, why, on what ground, how protected, kept how long, and where each "
    "field goes. Grain: one row per contract with personal data and field. Owner: Data protection."
)
COLUMNS: Final = {
    "contract": ("VARCHAR", "Name of the contract."),
    "field": ("VARCHAR", "Name of the field."),
    "system": ("VARCHAR", "Source system that publishes it."),
    "controller": ("VARCHAR", "Unit of the organisation that answers for the data."),
    "purpose": ("VARCHAR", "Why it is processed."),
    "legal_basis": ("VARCHAR", "On what ground."),
    "data_subjects": ("VARCHAR", "Whose data it is."),
    "meaning": ("VARCHAR", "What the field says."),
    "category": ("VARCHAR", "How it relates to a person: none, identifier, attribute or free_text."),
    "treatment": ("VARCHAR", "What protection does with it, and by which domain or rule."),
    "safeguards": ("VARCHAR", "What that means, in words."),
    "raw_hours": ("INTEGER", "How long it is kept as it was published. Unit: hours."),
    "rejected_hours": ("INTEGER", "How long it is kept encrypted if its event is refused. Unit: hours."),
    "retention_days": ("INTEGER", "How long the protected event is kept. Unit: days."),
    "topics": ("VARCHAR[]", "Kafka topics that hold it, raw, encrypted or protected."),
    "unpublished": ("VARCHAR[]", "Columns of the warehouse made of it that nobody but the build reads."),
    "published": ("VARCHAR[]", "Columns made of it that analysts read."),
    "indicators": ("VARCHAR[]", "Indicators computed from it; their figures count people and name nobody."),
    "exports": ("VARCHAR[]", "Exports that hold figures or columns made of it."),
    "recipients_inside": ("VARCHAR[]", "Units of the organisation that receive what is made of it."),
    "recipients_outside": ("VARCHAR[]", "Others that receive what is made of it, by exports."),
    "transfers": ("VARCHAR[]", "Countries of those others, ISO 3166-1 alpha-2."),
}
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What there is besides the contracts."""

    models: Mapping[str, Model]
    indicators: Mapping[str, Definition]
    exports: tuple[ExportDefinition, ...]
    kafka: KafkaSettings


def write_data_map(
    connection: duckdb.DuckDBPyConnection,
    models: Iterable[Model],
    exports: tuple[ExportDefinition, ...],
    kafka: KafkaSettings,
) -> int:
    """Replace the table in the warehouse; the number of its rows. Belongs into a transaction."""
    connection.execute("create schema if not exists meta")
    rows = _rows(connection, models, exports, kafka)
    return replace_table(connection, DATA_MAP, COMMENT, COLUMNS, rows)


def _rows(
    connection: duckdb.DuckDBPyConnection,
    models: Iterable[Model],
    exports: tuple[ExportDefinition, ...],
    kafka: KafkaSettings,
) -> list[Row]:
    known = {model.name: model for model in models}
    around = _Surroundings(known, newest(load_definitions()), exports, kafka)
    reached = flows(connection, known.values())
    return [
        _row(about, field, reached.get((about.name, field.name), frozenset()), around)
        for about in all_contracts().values()
        if about.data_subjects != "none" or _is_personal(about)
        for field in about.fields
    ]


def _is_personal(about: About) -> bool:
    return any(field.personal_data is not PersonalData.NONE for field in about.fields)


def _row(about: About, field: ContractField, reached: frozenset[Column], around: _Surroundings) -> Row:
    indicators = indicators_of(reached)
    published = _published(reached, around)
    exports = [one for one in around.exports if _holds(one, indicators, published)]
    outside = [one.recipient for one in exports if one.recipient.place == "outside"]
    said = attribute_docstrings(TreatmentKind)
    return {
        "contract": about.name,
        "field": field.name,
        "system": about.system.id,
        "controller": about.owner,
        "purpose": about.purpose,
        "legal_basis": about.legal_basis,
        "data_subjects": about.data_subjects,
        "meaning": field.meaning,
        "category": field.personal_data.value,
        "treatment": f"{field.treatment.kind.value} {field.treatment.detail}".strip(),
        "safeguards": said[field.treatment.kind.name],
        "raw_hours": around.kafka.raw_retention_hours,
        "rejected_hours": around.kafka.rejected_retention_hours,
        "retention_days": about.retention_days,
        "topics": _topics(about, field),
        "unpublished": _names(one for one in reached if one not in published),
        "published": _names(published),
        "indicators": indicators,
        "exports": sorted(one.id for one in exports),
        "recipients_inside": _inside(about, published, indicators, around),
        "recipients_outside": sorted({one.name for one in outside}),
        "transfers": sorted({one.country for one in outside if one.country is not None}),
    }


def _topics(about: About, field: ContractField) -> list[str]:
    topics = [about.raw_topic, rejected_topic(about.family)]
    return topics if field.treatment.kind is TreatmentKind.DROP else [*topics, about.events_topic]


def _published(reached: frozenset[Column], around: _Surroundings) -> frozenset[Column]:
    """Of the columns reached those that are published, with those of the table of staff that code makes."""
    open_ = {
        (name, column)
        for name, model in around.models.items()
        if not model.metadata.people
        for column in model.metadata.columns.keys() - set(model.metadata.withheld)
    }
    staff = {(WORKFORCE, column) for column in ("member", "people")} if counts_staff(reached) else set()
    return (reached & open_) | staff


def _holds(export: ExportDefinition, indicators: list[str], published: frozenset[Column]) -> bool:
    figures = export.figures.indicators if export.figures is not None else ()
    columns = {(one.table, column) for one in export.tables for column in one.columns}
    return bool(set(figures) & set(indicators) or columns & published)


def _inside(
    about: About, published: frozenset[Column], indicators: list[str], around: _Surroundings
) -> list[str]:
    tables = {around.models[table].metadata.owner for table, _ in published if table in around.models}
    return sorted({about.owner, *tables, *(around.indicators[name].owner for name in indicators)})


def _names(columns: Iterable[Column]) -> list[str]:
    return sorted(f"{table}.{column}" for table, column in columns)
