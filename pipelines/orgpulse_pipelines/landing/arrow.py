"""Kafka records as an Arrow table, which DuckDB reads without copying."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from orgpulse_pipelines.landing.consume import Batch

EMPTY: Final = "empty"
NOT_UTF8: Final = "not_utf8"


def arrow_table(batch: Batch) -> pa.Table:
    """The columns of a batch, its values as text, and ``fault``: why a value is no text, or null."""
    texts, faults = _texts(batch.values)
    return pa.table(
        {
            "topic": pa.array(batch.topics, pa.string()),
            "partition": pa.array(batch.partitions, pa.int32()),
            "offset": pa.array(batch.offsets, pa.int64()),
            "arrived_ms": pa.array(batch.arrived_ms, pa.int64()),
            "value": texts,
            "fault": faults,
        }
    )


def _texts(values: list[bytes | None]) -> tuple[pa.Array, pa.Array]:
    """The values as text, and the reason for each one that is none."""
    raw = pa.array(values, pa.binary())
    try:
        texts = raw.cast(pa.string())
    except pa.ArrowInvalid:
        texts = pa.array([_text(value) for value in values], pa.string())
    empty = pc.equal(pc.fill_null(pc.binary_length(raw), 0), 0)
    none = pa.scalar(None, pa.string())
    return texts, pc.if_else(empty, EMPTY, pc.if_else(pc.is_null(texts), NOT_UTF8, none))


def _text(value: bytes | None) -> str | None:
    try:
        return value.decode() if value is not None else None
    except UnicodeDecodeError:
        return None
