"""The person in the topics: which records name them, and how these records leave Kafka.

A topic can only be cut from its start. What stands before the last record of the person has been processed by
then: of raw topics by the streams, of the others by landing. Rejected events exist nowhere else, so those of
other people are written again at the end before their topic is cut.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kafka.errors import KafkaError

from orgpulse_pipelines.subjects.finding import Finding
from orgpulse_pipelines.subjects.request import Request
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_platform.clients import broker_errors, close_producer, delivery_timeout_ms, producer
from orgpulse_platform.errors import BrokerUnavailableError, KeyringError
from orgpulse_platform.rejected.audit import Why, record_opening
from orgpulse_platform.rejected.event import read_rejected
from orgpulse_platform.rejected.original import Original
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import committed_offsets, cut
from orgpulse_platform.topic_scan import ScannedRecord, is_embedded, scan
from orgpulse_platform.topics import LARGEST_REJECTED, TopicKind, all_topics, family_of, raw_topics

Place = tuple[str, int]
"""Topic and partition."""
_ACTIONS = {
    TopicKind.RAW: "removes the records up to the last of the person",
    TopicKind.EVENTS: "removes the records up to the last of the person; landing has them",
    TopicKind.REJECTED: "writes the others again at the end, then removes what stood before",
}

_FORGETS = "the embedded broker keeps them until it stops"


class NamedRecord(NamedTuple):
    """A record that names the person, or may."""

    record: ScannedRecord
    original: Original | None = None
    """Of a rejected event."""
    unopened: bool = False
    """Whether it is a rejected event of another keyring."""


@dataclass
class TopicHits:
    """The records that name the person."""

    offsets: dict[Place, list[int]] = field(default_factory=dict[Place, list[int]])
    unopened: dict[str, int] = field(default_factory=dict[str, int])
    """Rejected events by topic that this keyring does not open: whom they name is not known."""

    def add(self, named: NamedRecord) -> None:
        """Note a record."""
        record = named.record
        if named.unopened:
            self.unopened[record.topic] = self.unopened.get(record.topic, 0) + 1
        else:
            self.offsets.setdefault((record.topic, record.partition), []).append(record.offset)

    def unlanded(self, done: "Processed") -> list[str]:
        """The families with a record of the person that landing has not reached."""
        waiting = (
            topic
            for (topic, partition), offsets in self.offsets.items()
            if TopicKind(topic.partition(".")[0]) is not TopicKind.RAW
            and done.waiting({(topic, partition): offsets})
        )
        return sorted(set(map(family_of, waiting)))

    def findings(self, settings: Settings, done: "Processed") -> Iterator[Finding]:
        """One for each topic; ``done`` says what has to wait."""
        for topic in _topics(settings):
            offsets = {place: found for place, found in self.offsets.items() if place[0] == topic}
            if offsets:
                count = sum(map(len, offsets.values()))
                waits = done.waiting(offsets)
                note = f"{waits:,} not processed yet" if waits else ""
                note = _FORGETS if is_embedded(settings) else note
                kind = TopicKind(topic.partition(".")[0])
                yield Finding(f"{kind.value} topics", topic, count, _ACTIONS[kind], note)
            if self.unopened.get(topic):
                note = f"{self.unopened[topic]:,} originals are of another keyring"
                yield Finding("rejected topics", topic, -1, "needs the keyring that encrypted them", note)


@dataclass(frozen=True, slots=True)
class Processed:
    """Up to which offset each partition was processed: before it, nothing is lost when it is cut."""

    ends: Mapping[Place, int]

    def cuts(self, offsets: Mapping[Place, list[int]]) -> dict[Place, int]:
        """Where to cut each partition, so that all of these records leave that may."""
        found = dict[Place, int]()
        for place, hits in offsets.items():
            ready = [offset for offset in hits if offset < self.ends.get(place, 0)]
            if ready:
                found[place] = max(ready) + 1
        return found

    def waiting(self, offsets: Mapping[Place, list[int]]) -> int:
        """How many of the records may not leave yet."""
        return sum(offset >= self.ends.get(place, 0) for place, hits in offsets.items() for offset in hits)


def _topics(settings: Settings) -> list[str]:
    """The platform's topics: raw ones first, rejected ones last."""
    order = list(TopicKind)
    topics = sorted(all_topics(settings.kafka), key=lambda one: order.index(one.kind))
    return [topic.name for topic in topics]


def processed(settings: Settings, landed: Mapping[Place, int]) -> Processed:
    """What streams have committed and the warehouse has landed; raises :class:`BrokerUnavailableError`."""
    done = committed_offsets(settings.kafka, settings.streams.group, list(raw_topics()))
    return Processed({**done, **landed})


def records_about(request: Request) -> Iterator[NamedRecord]:
    """The records that name the person, and those of which nobody can tell.

    Opening originals is written to the audit log first. Raises :class:`BrokerUnavailableError` or
    :class:`StateFolderError`.
    """
    settings, subject = request.settings, request.subject
    opened = False
    for record in scan(settings, _topics(settings), request.progress):
        event = read_rejected(record.value) if record.topic.startswith(TopicKind.REJECTED.value) else None
        if record.topic.startswith(TopicKind.EVENTS.value):
            if subject.under_pseudonym_in(record.value) or subject.under_pseudonym_in(record.key):
                yield NamedRecord(record)
            continue
        if event is None or not event.sealed:
            if _names(subject, record.value, record.key, record.headers):
                yield NamedRecord(record)
            continue
        if not opened:
            record_opening(settings.folder.audit, request.command, why=Why.SUBJECT_REQUEST)
            opened = True
        try:
            original = event.open(request.keyring)
        except KeyringError:
            yield NamedRecord(record, unopened=True)
            continue
        if _names(subject, *original) or _names(subject, record.value, record.key, record.headers):
            yield NamedRecord(record, original)


def find_in_topics(request: Request) -> TopicHits:
    """Where the person stands; raises :class:`BrokerUnavailableError` or :class:`StateFolderError`."""
    hits = TopicHits()
    for named in records_about(request):
        hits.add(named)
    return hits


def cut_topics(settings: Settings, hits: TopicHits, done: Processed) -> None:
    """Let the person's records leave Kafka; raises :class:`BrokerUnavailableError`.

    A kill between the writing of others' rejected events and the cut is harmless: those that stand behind the
    cut already are not written again.
    """
    if is_embedded(settings):
        return  # it cannot remove records
    cuts = done.cuts(hits.offsets)
    rejected = {place: end for place, end in cuts.items() if place[0].startswith(TopicKind.REJECTED.value)}
    _write_again(settings, rejected, hits.offsets)
    cut(settings.kafka, cuts)


def _write_again(settings: Settings, cuts: Mapping[Place, int], named: Mapping[Place, list[int]]) -> None:
    if not cuts:
        return
    topics = sorted({topic for topic, _ in cuts})
    behind = {
        _origin(record)
        for record in scan(settings, topics, _silent)
        if record.offset >= cuts.get((record.topic, record.partition), 0)
    }
    failures = set[str]()
    client = producer(settings.kafka, max_request_size=LARGEST_REJECTED)
    try:
        with broker_errors(settings.kafka):
            for record in _before(scan(settings, topics, _silent), cuts, named):
                if _origin(record) not in behind:
                    behind.add(_origin(record))
                    sent = client.send(
                        record.topic,
                        value=record.value,
                        key=record.key,
                        headers=list(record.headers),
                        partition=record.partition,
                    )
                    sent.add_errback(lambda error: failures.add(type(error).__name__))
            client.flush(timeout=delivery_timeout_ms(settings.kafka) / 1000)
    except KafkaError as error:
        failures.add(type(error).__name__)
    finally:
        close_producer(client, delivery_timeout_ms(settings.kafka) / 1000)
    if failures:
        raise BrokerUnavailableError(
            f"rejected events were not written again ({', '.join(sorted(failures))})"
        )


def _before(
    records: Iterable[ScannedRecord], cuts: Mapping[Place, int], named: Mapping[Place, list[int]]
) -> Iterator[ScannedRecord]:
    """The records of others that a cut would remove."""
    for record in records:
        place = record.topic, record.partition
        if record.offset < cuts.get(place, 0) and record.offset not in named.get(place, ()):
            yield record


def _origin(record: ScannedRecord) -> str:
    """What tells a rejected event apart; a record that is none stands for itself."""
    event = read_rejected(record.value)
    return event.origin if event else f"{record.topic}/{record.partition}/{record.offset}"


def _names(
    subject: Subject, value: bytes | None, key: bytes | None, headers: Iterable[tuple[str, bytes | None]]
) -> bool:
    return (
        subject.named_in(value)
        or subject.named_in(key)
        or any(subject.named_in(name) or subject.named_in(content) for name, content in headers)
    )


def _silent(_: int, __: int) -> None:
    """No progress is shown."""
