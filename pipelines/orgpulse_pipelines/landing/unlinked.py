"""Lets no load bring an erased person back: a surrogate takes the place of the pseudonym in a record.

A record of an event that was landed before gets the surrogate that the event got at the erasure, so that one
person stays one person. Any other gets a surrogate drawn for this load, which is kept nowhere.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Final

import duckdb
import orjson

from orgpulse_pipelines.warehouse.catalog import identifier
from orgpulse_pipelines.warehouse.surrogate import drawn
from orgpulse_platform.erased import ErasedRegister
from orgpulse_schemas.contract import About
from orgpulse_schemas.privacy import TreatmentKind
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.registry import all_families

PSEUDONYM: Final = re.compile(r"[a-z0-9-]{1,32}~[a-z2-7]{26}")
ERASED: Final = "erased"
"""How a surrogate begins. It has no ``~``: it names no key, and no rotation of keys renews it."""


_Row = tuple[Any, ...]
_ROW: Final = 'topic, "partition", "offset", type, event_id, data::varchar'


def new_surrogate() -> str:
    """What takes the place of a pseudonym; drawn by chance, so that nothing leads back."""
    return drawn(f"{ERASED}-")


def pseudonymised(about: About) -> tuple[str, ...]:
    """The fields of a contract that hold a pseudonym."""
    return tuple(
        field.name for field in protected_fields(about) if field.treatment.kind is TreatmentKind.PSEUDONYMISE
    )


def unlink_erased(connection: duckdb.DuckDBPyConnection, family: str, register: ErasedRegister | None) -> int:
    """Put surrogates into ``envelope`` before its rows are inserted; how many rows named erased people."""
    if not register:
        return 0
    contracts = all_families()[family].contracts
    erased = _erased(connection, family, register)
    fresh: defaultdict[str, str] = defaultdict(new_surrogate)
    rows = {*_that_name(connection, family, erased), *_that_repeat(connection, contracts.values())}
    for topic, partition, offset, type_, event_id, data in rows:
        about = contracts.get(type_)
        kept = _kept(connection, about, event_id) if about else {}
        changed = _unlinked(orjson.loads(data), kept, erased, fresh)
        connection.execute(
            'update envelope set data = ? where topic = ? and "partition" = ? and "offset" = ?',
            [orjson.dumps(changed).decode(), topic, partition, offset],
        )
    return len(rows)


def _erased(connection: duckdb.DuckDBPyConnection, family: str, register: ErasedRegister) -> set[str]:
    """The pseudonyms in the batch that the register knows."""
    found = connection.execute(
        f"select distinct unnest(regexp_extract_all(data::varchar, '{PSEUDONYM.pattern}')) "  # noqa: S608
        "from envelope where fault is null and topic = ?",
        [f"events.{family}"],
    ).fetchall()
    return {pseudonym for (pseudonym,) in found if pseudonym in register}


def _that_name(connection: duckdb.DuckDBPyConnection, family: str, erased: set[str]) -> list[_Row]:
    if not erased:
        return []
    return connection.execute(
        f"select {_ROW} from envelope where fault is null and topic = ? and regexp_matches(data::varchar, ?)",  # noqa: S608
        [f"events.{family}", "|".join(map(re.escape, sorted(erased)))],
    ).fetchall()


def _that_repeat(connection: duckdb.DuckDBPyConnection, contracts: Iterable[About]) -> Iterator[_Row]:
    """Records of an event that was landed and unlinked: their pseudonym may be of a newer key by now."""
    for about in contracts:
        fields = pseudonymised(about)
        if fields:
            unlinked = " or ".join(f"{name} like '{ERASED}-%'" for name in map(identifier, fields))
            yield from connection.execute(
                f"select {_ROW} from envelope where fault is null and type = ? and event_id in "  # noqa: S608
                f"(select event_id from landing.{about.name} where {unlinked})",
                [about.event_type],
            ).fetchall()


def _kept(connection: duckdb.DuckDBPyConnection, about: About, event_id: Any) -> dict[str, str]:
    """The surrogates that a landed delivery of the event has, by field."""
    fields = pseudonymised(about)
    if not fields:
        return {}
    selected = ", ".join(f"max({name}) filter ({name} like '{ERASED}-%')" for name in map(identifier, fields))
    row = connection.execute(
        f"select {selected} from landing.{about.name} where event_id = ?",  # noqa: S608
        [event_id],
    ).fetchone()
    return {name: value for name, value in zip(fields, row or (), strict=True) if value is not None}


def _unlinked(data: Any, kept: dict[str, str], erased: set[str], fresh: defaultdict[str, str]) -> Any:
    """The payload without erased pseudonyms, wherever they stand in it."""
    if not isinstance(data, dict):
        return PSEUDONYM.sub(lambda match: fresh[match[0]] if match[0] in erased else match[0], str(data))
    return {name: _unlinked_value(value, kept.get(name), erased, fresh) for name, value in data.items()}


def _unlinked_value(value: Any, kept: str | None, erased: set[str], fresh: defaultdict[str, str]) -> Any:
    if not isinstance(value, str) or (kept is None and value not in erased):
        return value
    return kept or fresh[value]
