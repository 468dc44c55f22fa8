"""Major versions of one event share a staging table: the newest version's, with older events upgraded."""

from collections.abc import Iterator
from functools import cache
from typing import Final

from orgpulse_pipelines.warehouse.catalog import identifier, literal
from orgpulse_pipelines.warehouse.contract_tables import ENVELOPE, Column, contract_columns, sql_type
from orgpulse_schemas.contract import About
from orgpulse_schemas.protected import ProtectedField, protected_fields
from orgpulse_schemas.registry import all_contracts, versions_of
from orgpulse_schemas.upgrade import Constant, Scalar, Translate, Upgrade

ARRIVED_AS: Final = Column("contract", "VARCHAR", "Name of the contract under which the event arrived.")
"""Stands last in the staging table of an event that has several versions."""

versions = cache(versions_of)
"""The major versions of a contract's event, oldest first."""


@cache
def staged_contracts(family: str | None = None) -> tuple[About, ...]:
    """The contracts that have a staging table, of one family or of all: the newest version of each event."""
    return tuple(
        about
        for about in all_contracts().values()
        if family in (None, about.family) and versions(about)[-1] == about
    )


def staging_table(about: About) -> str:
    """The table (``schema.table``) in which the events of a contract are staged, whatever their version."""
    return f"staging.{versions(about)[-1].name}"


@cache
def staging_columns(about: About) -> tuple[Column, ...]:
    """Every column of the staging table of a newest version."""
    return contract_columns(about) + ((ARRIVED_AS,) if len(versions(about)) > 1 else ())


@cache
def landed_as_newest(about: About) -> str:
    """A select of the landed rows of a version with the columns of its staging table."""
    selected = f"select * from landing.{about.name}"  # noqa: S608 - a name that contracts declare
    newer = versions(about)[versions(about).index(about) + 1 :]
    for version in newer:
        if version.upgrades is None:
            raise TypeError(f"{version.event_type} does not say how the version before becomes it")
        selected = f"select {_upgraded(version, version.upgrades)} from ({selected}) as older"  # noqa: S608
    arrived_as = f", {literal(about.name)} as {ARRIVED_AS.name}" if len(versions(about)) > 1 else ""
    columns = ", ".join(identifier(column.name) for column in contract_columns(versions(about)[-1]))
    return f"select {columns}{arrived_as} from ({selected})"  # noqa: S608


def column_origins(name: str, about: About) -> Iterator[tuple[About, str]]:
    """From which landed columns a column of the staging table of a newest version comes, by version."""
    if name == ARRIVED_AS.name:
        return
    source: str | None = name
    for version in reversed(versions(about)):
        if source is None:
            return
        yield version, source
        if version.upgrades is not None and source in version.upgrades.rules:
            source = version.upgrades.source_of(source)


def _upgraded(about: About, upgrade: Upgrade) -> str:
    """The columns of a version, made of those of the version before."""
    envelope = [f"older.{identifier(column.name)}" for column in ENVELOPE]
    return ", ".join([*envelope, *(_value(field, upgrade) for field in protected_fields(about))])


def _value(field: ProtectedField, upgrade: Upgrade) -> str:
    rule = upgrade.rules[field.name]
    older = f"older.{identifier(upgrade.source_of(field.name) or '')}"
    match rule:
        case Constant(value):
            made = _scalar(value)
        case Translate(_, values):
            cases = " ".join(f"when {_scalar(old)} then {_scalar(new)}" for old, new in values.items())
            made = f"case {older} {cases} end"
        case _:
            made = older
    return f"cast({made} as {sql_type(field)}) as {identifier(field.name)}"


def _scalar(value: Scalar) -> str:
    if value is None:
        return "null"
    return literal(value) if isinstance(value, str) else str(value).lower()
