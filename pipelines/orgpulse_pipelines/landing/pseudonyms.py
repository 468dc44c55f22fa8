"""Pseudonyms after a rotation of keys: everybody keeps one pseudonym in landing and staging, the newest.

The warehouse knows by which key its pseudonyms of a domain are made. When an event brings one of a newer key,
all that are there are renewed first, table by table. One of an older key, as events from before the rotation
carry it, is renewed as it lands. As long as all are of one key, no keyring is opened.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_pipelines.warehouse.catalog import identifier, literal, transaction
from orgpulse_pipelines.warehouse.contract_tables import Column, ensure_table
from orgpulse_pipelines.warehouse.requests import landing_of
from orgpulse_pipelines.warehouse.rewrite import mark_rewrite_due
from orgpulse_pipelines.warehouse.versions import create_version_tables, grow
from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring import Keyring
from orgpulse_schemas.privacy import TreatmentKind
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_contracts

OpenKeyring = Callable[[], Keyring]
PSEUDONYM_KEYS: Final = "meta.pseudonym_key"
_COLUMNS: Final = (
    Column("domain", "VARCHAR", "Domain of pseudonyms."),
    Column(
        "key_id", "VARCHAR", "Id of the key that made every pseudonym of the domain in landing and staging."
    ),
)
_RENEWING: Final = ""
"""Stands in place of a key id while a renewal is under way: part of the tables may be renewed."""


class NewerKeyError(Exception):
    """Events carry pseudonyms of another key than the warehouse: it must be renewed before they can land."""


@dataclass(frozen=True, slots=True)
class PseudonymColumn:
    """A column of pseudonyms, in landing or staging."""

    family: str
    table: str
    """With its schema."""
    name: str
    domain: str


@cache
def pseudonym_columns() -> tuple[PseudonymColumn, ...]:
    """Every column of landing and staging that holds pseudonyms, as the contracts say."""
    landing = [(about, f"landing.{about.name}") for about in all_contracts().values()]
    staging = [(about, staging_table(about)) for about in staged_contracts()]
    return tuple(
        PseudonymColumn(about.family, table, field.name, field.treatment.detail)
        for about, table in (*landing, *staging)
        for field in protected_fields(about)
        if field.treatment.kind is TreatmentKind.PSEUDONYMISE
    )


def renew_arrived(
    connection: duckdb.DuckDBPyConnection, family: str, batch_id: int, open_keyring: OpenKeyring
) -> None:
    """Renew the pseudonyms of a load; belongs into its transaction.

    Raises :class:`NewerKeyError` if the warehouse is to be renewed first, and
    :class:`~orgpulse_platform.errors.KeyringError` if a keyring is needed and cannot be had.
    """
    columns = [one for one in _existing(connection) if one.family == family and _is_landing(one)]
    arrived = f"batch_id = {batch_id}"
    for domain in sorted({column.domain for column in columns}):
        own = [column for column in columns if column.domain == domain]
        keys = _keys(connection, own, arrived)
        if not keys:
            continue
        current = current_key(connection, domain, f"batch_id <> {batch_id}")
        if len(keys) == 1 and current in (None, *keys):
            if _recorded(connection, domain) is None:
                _record(connection, domain, keys.pop())
            continue
        keyring = open_keyring()
        newest = keyring.newest_key(domain)
        if current not in (None, newest):
            raise NewerKeyError
        for column in own:
            _renew(connection, column, keyring, arrived)
        _record(connection, domain, newest)


def renew_warehouse(connection: duckdb.DuckDBPyConnection, keyring: Keyring) -> int:
    """Renew every pseudonym of an older key, each table in a transaction; the number of rows that changed.

    If it is interrupted, the next load or renewal goes on with what is left: each pseudonym names its key.
    """
    renewed = 0
    for domain in sorted({column.domain for column in pseudonym_columns()}):
        newest = keyring.newest_key(domain)
        if current_key(connection, domain) in (None, newest):
            continue
        _record(connection, domain, _RENEWING)
        for column in _existing(connection):
            if column.domain == domain:
                with transaction(connection):
                    changed = _renew(connection, column, keyring, "true")
                    if changed:
                        mark_rewrite_due(connection)
                    renewed += changed
        _record(connection, domain, newest)
    return renewed


def current_key(connection: duckdb.DuckDBPyConnection, domain: str, where: str = "true") -> str | None:
    """Id of the key that made the pseudonyms of a domain; none if there are no pseudonyms yet.

    Where none is recorded, the rows that ``where`` selects tell. Something else than an id where they are of
    several keys, since a renewal was interrupted.
    """
    recorded = _recorded(connection, domain)
    if recorded is not None:
        return recorded
    columns = [column for column in _existing(connection) if column.domain == domain]
    keys = _keys(connection, columns, where)
    return keys.pop() if len(keys) == 1 else _RENEWING if keys else None


def _recorded(connection: duckdb.DuckDBPyConnection, domain: str) -> str | None:
    ensure_table(connection, PSEUDONYM_KEYS, _COLUMNS, "Keys of the pseudonyms. Grain: one row per domain.")
    row = connection.execute(
        f"select key_id from {PSEUDONYM_KEYS} where domain = ?",  # noqa: S608
        [domain],
    ).fetchone()
    return row[0] if row else None


def _record(connection: duckdb.DuckDBPyConnection, domain: str, key_id: str) -> None:
    connection.execute(f"delete from {PSEUDONYM_KEYS} where domain = ?", [domain])  # noqa: S608
    connection.execute(f"insert into {PSEUDONYM_KEYS} values (?, ?)", [domain, key_id])  # noqa: S608


def _existing(connection: duckdb.DuckDBPyConnection) -> Iterator[PseudonymColumn]:
    """The columns whose tables the warehouse has by now."""
    tables = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() "
        "where database_name = current_database() and schema_name in ('landing', 'staging')"
    ).fetchall()
    present = {name for (name,) in tables}
    return (column for column in pseudonym_columns() if column.table in present)


def _is_landing(column: PseudonymColumn) -> bool:
    return column.table.startswith("landing.")


def _keys(connection: duckdb.DuckDBPyConnection, columns: Iterable[PseudonymColumn], where: str) -> set[str]:
    """Ids of the keys that made the pseudonyms in some rows."""
    parts = [
        f"select split_part({identifier(column.name)}, '~', 1) as key_id from {column.table} "  # noqa: S608
        f"where {where} and contains({identifier(column.name)}, '~')"
        for column in columns
    ]
    if not parts:
        return set()
    rows = connection.execute(" union ".join(parts)).fetchall()
    return {key_id for (key_id,) in rows}


def _renew(
    connection: duckdb.DuckDBPyConnection, column: PseudonymColumn, keyring: Keyring, where: str
) -> int:
    """Renew the pseudonyms of a column that an older key made; the number of rows."""
    name, newest = identifier(column.name), literal(keyring.newest_key(column.domain) + "~")
    older = f"{where} and contains({name}, '~') and not starts_with({name}, {newest})"
    found = connection.execute(
        f"select distinct {name} from {column.table} where {older}"  # noqa: S608
    ).fetchall()
    if not found:
        return 0
    before = [pseudonym for (pseudonym,) in found]
    after = [keyring.renew(column.domain, pseudonym) for pseudonym in before]
    connection.register("renewed", pa.table({"before": before, "after": after}))
    try:
        row = connection.execute(
            f"update {column.table} set {name} = renewed.after from renewed "  # noqa: S608
            f"where {older} and {name} = renewed.before"
        ).fetchone()
    finally:
        connection.unregister("renewed")
    create_version_tables(connection)
    grow(connection, landing_of(column.family) if _is_landing(column) else column.table)
    return int(row[0]) if row else 0


def no_keyring() -> Keyring:
    """Stands where no keyring is at hand."""
    raise KeyringError("pseudonyms of several keys are to be brought together")
