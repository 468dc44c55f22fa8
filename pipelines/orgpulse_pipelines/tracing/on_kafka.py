"""The part of a trace that Kafka knows: the raw topics of the source system and the rejected topics."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from orgpulse_pipelines.tracing.trace import Outcome, Received, Rejected, Trace
from orgpulse_platform.rejected.event import RejectedEvent
from orgpulse_platform.rejected.reading import rejected_events
from orgpulse_platform.rejected.selection import Selection
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import committed_offsets
from orgpulse_platform.topic_scan import Progress, ScannedRecord, scan
from orgpulse_platform.topics import family_of, raw_topics
from orgpulse_schemas.cloudevents import claimed_identity
from orgpulse_schemas.systems import SourceSystem
from orgpulse_schemas.wire import REPLAYED_FROM, origin, read_origin


def trace_on_kafka(
    trace: Trace, settings: Settings, system: SourceSystem, id_: str, progress: Progress
) -> None:
    """Add where the event was received and rejected; raises :class:`BrokerUnavailableError`."""
    topics = [topic for topic in raw_topics() if topic.rpartition(".")[2] == system.id.lower()]
    # Asked before the topics are read: what the streams reach meanwhile counts as waiting, never as accepted.
    done = committed_offsets(settings.kafka, settings.streams.group, topics)
    received = [
        _received(record) for record in scan(settings, topics, progress) if _is(record, system.uri, id_)
    ]
    origins = frozenset(one.origin for one in received)
    families = frozenset(family_of(topic) for topic in topics)
    events = list(_rejections(settings, families, origins, trace.identity, progress))
    rejected = {event.origin for event in events}
    trace.rejected += [_rejected(event) for event in sorted(events, key=lambda event: event.arrived)]
    trace.received += [
        replace(one, outcome=_outcome(one, rejected, done))
        for one in sorted(received, key=lambda one: (one.arrived is not None and one.arrived, one.origin))
    ]


def _is(record: ScannedRecord, source: str, id_: str) -> bool:
    return claimed_identity(record.value, record.headers) == (source, id_)


def _received(record: ScannedRecord) -> Received:
    stated = (dict(record.headers).get(REPLAYED_FROM) or b"").decode("utf-8", "replace")
    return Received(
        origin=origin(record.topic, record.partition, record.offset, record.timestamp_ms),
        topic=record.topic,
        partition=record.partition,
        offset=record.offset,
        arrived=_time(record.timestamp_ms),
        replayed_from=stated if read_origin(stated) else None,
        outcome=Outcome.WAITING,
    )


def _time(timestamp_ms: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(timestamp_ms / 1000, UTC) if timestamp_ms >= 0 else None
    except (ValueError, OverflowError, OSError):
        return None


def _rejections(
    settings: Settings,
    families: frozenset[str],
    origins: frozenset[str],
    identity: uuid.UUID | None,
    progress: Progress,
) -> Iterator[RejectedEvent]:
    """The rejections of the event: also of records that raw topics have lost since."""
    for event in rejected_events(settings, Selection(families=families), progress):
        if event.origin in origins or (identity is not None and event.identity == identity):
            yield event.without_original()


def _rejected(event: RejectedEvent) -> Rejected:
    return Rejected(event.origin, event.reason.value, event.path, event.contract, "kafka")


def _outcome(received: Received, rejected: set[str], done: dict[tuple[str, int], int]) -> Outcome:
    if received.origin in rejected:
        return Outcome.REJECTED
    if received.offset < done.get((received.topic, received.partition), 0):
        return Outcome.ACCEPTED
    return Outcome.WAITING
