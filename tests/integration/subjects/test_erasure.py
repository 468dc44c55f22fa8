"""A person is erased from every store, whatever goes wrong on the way, and stays away."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest
from kafka import TopicPartition
from kafka.structs import OffsetAndMetadata

from orgpulse_pipelines.landing.load import land_family
from orgpulse_pipelines.staging.dedupe import stage_family
from orgpulse_pipelines.subjects import erase as erasing
from orgpulse_pipelines.subjects import topics as topics_of_erasing
from orgpulse_pipelines.subjects.erase import Erasure, erase, require_complete
from orgpulse_pipelines.subjects.errors import ErasureIncompleteError
from orgpulse_pipelines.subjects.export import MACHINE, READABLE, export
from orgpulse_pipelines.subjects.find import find
from orgpulse_pipelines.subjects.request import Request
from orgpulse_pipelines.subjects.subject import subject_of
from orgpulse_pipelines.warehouse.connect import open_warehouse
from orgpulse_platform.clients import consumer, producer
from orgpulse_platform.keyring import Keyring, open_keyring
from orgpulse_platform.keyring.rotation import create_first
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_scan import ScannedRecord, scan
from orgpulse_platform.topics import TopicKind, all_topics
from orgpulse_schemas.registry import all_contracts
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection

pytestmark = pytest.mark.kafka

PERSON, OTHER = "P100042", "P1000421"
PROMOTION = all_contracts()["org.hr.promotion.granted.v1"]
TABLE = f"landing.{PROMOTION.name}"


def promotion(number: int, person: str, grade: str = "P4") -> bytes:
    """An event as the HR system publishes it; it is rejected for a grade that there is not."""
    return orjson.dumps(
        {
            "specversion": "1.0",
            "id": f"promotion-{number}",
            "source": PROMOTION.system.uri,
            "type": PROMOTION.event_type,
            "time": "2019-05-06T12:00:00Z",
            "datacontenttype": "application/json",
            "data": {
                "personnel_id": person,
                "from_grade": "P3",
                "to_grade": grade,
                "effective_on": "2019-05-06",
            },
        }
    )


def publish(settings: Settings, values: list[bytes]) -> None:
    client = producer(settings.kafka)
    for value in values:
        client.send(PROMOTION.raw_topic, value, key=b"any", partition=0)
    client.flush()
    client.close()


def protect(settings: Settings, keyring: Keyring) -> None:
    """What the streams do, without their process: protect what is new and commit how far they came."""
    protection = Protection(keyring)
    client = producer(settings.kafka)
    with closing(consumer(settings.kafka, group_id=settings.streams.group)) as reader:
        place = TopicPartition(PROMOTION.raw_topic, 0)
        done = reader.committed(place) or 0
        end = done
        for record in sorted(scan(settings, [PROMOTION.raw_topic], silent), key=lambda one: one.offset):
            if record.offset >= done:
                made = protection(raw(record))
                client.send(made.topic, made.value, key=made.key)
                end = record.offset + 1
        client.flush()
        client.close()
        reader.commit({place: OffsetAndMetadata(end, "", -1)})


def raw(record: ScannedRecord) -> RawRecord:
    return RawRecord(
        record.topic, record.partition, record.offset, record.timestamp_ms, record.headers,
        record.value, record.key,
    )  # fmt: skip


def silent(_: int, __: int) -> None:
    pass


def records(settings: Settings, kind: TopicKind) -> list[ScannedRecord]:
    return list(scan(settings, [one.name for one in all_topics(settings.kafka) if one.kind is kind], silent))


def land(settings: Settings) -> None:
    with open_warehouse(settings) as connection:
        land_family(connection, settings, "hr")
        stage_family(connection, "hr")


def people_landed(settings: Settings) -> list[str]:
    with open_warehouse(settings) as connection:
        rows = connection.execute(f"select personnel_id from {TABLE}").fetchall()
    return sorted(person for (person,) in rows)


def bytes_kept(settings: Settings) -> Iterator[bytes]:
    for path in settings.folder.root.rglob("*"):
        if path.is_file() and path != settings.folder.keyring:
            yield path.read_bytes()


@pytest.fixture
def request_(clean_kafka: Settings, tmp_path: Path) -> Request:
    """A request about a person with accepted, rejected and repeated events beside those of another."""
    settings = clean_kafka
    create_first(settings)
    keyring = open_keyring(settings)
    publish(
        settings,
        [
            promotion(1, PERSON),
            promotion(2, OTHER),
            promotion(3, PERSON, grade="none such"),
            promotion(4, OTHER, grade="none such"),
            promotion(5, PERSON, grade="P5"),
        ],
    )
    protect(settings, keyring)
    land(settings)
    exports = tmp_path / "exports"
    exports.mkdir()
    (exports / "staff.csv").write_text(f"id,grade\n{PERSON},P4\n{OTHER},P4\n")
    return Request(settings, subject_of(keyring, PERSON), keyring, (exports,), silent, "subject erase")


def run(request: Request) -> Erasure:
    return erase(request, reference="DSR-1", tell=lambda _: None)


def test_person_is_erased_everywhere_and_stays_away(
    request_: Request, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings, subject = request_.settings, request_.subject
    assert {one.store for one in find(request_).findings(settings)} == {
        "raw topics",
        "events topics",
        "rejected topics",
        "landing",
        "staging",
        "folders",
    }

    copy = export(request_, tmp_path / "copy")
    assert [one["content"]["personnel_id"] for one in copy["records"] if one["topic"] == PROMOTION.raw_topic]
    assert OTHER not in (tmp_path / "copy" / MACHINE).read_text()
    assert PERSON in (tmp_path / "copy" / READABLE).read_text()

    # Killed after the tables were unlinked, then after others' rejected events were written again.
    for module, name in ((erasing, "rewrite_warehouse"), (topics_of_erasing, "cut")):
        with monkeypatch.context() as broken:
            broken.setattr(module, name, interrupt)
            with pytest.raises(KeyboardInterrupt):
                run(request_)

    publish(settings, [promotion(6, PERSON, grade="P3")])
    waiting = run(request_)
    assert [(one.store, one.entries) for one in waiting.left] == [("raw topics", 1)]
    with pytest.raises(ErasureIncompleteError):
        require_complete(waiting)
    protect(settings, request_.keyring)
    assert run(request_).left == []
    nothing = run(request_)
    assert nothing.found == []

    rejected = records(settings, TopicKind.REJECTED)
    assert len(rejected) == 1, "the other person's rejected event is kept, once"
    people = people_landed(settings)
    surrogates = [person for person in people if person.startswith("erased-")]
    assert len(surrogates) == 3
    assert sorted(set(people) - set(surrogates)) == [request_.keyring.pseudonym("person", OTHER)]
    assert not any(subject.under_pseudonym_in(content) for content in bytes_kept(settings))
    assert nothing.evidence is not None
    assert orjson.loads(nothing.evidence.read_bytes())["runs"][0]["ended_at"] is None

    # The source system publishes everything again: an event that counted counts once, and for nobody.
    publish(settings, [promotion(1, PERSON), promotion(5, PERSON, grade="P5"), promotion(7, PERSON)])
    protect(settings, request_.keyring)
    land(settings)
    with open_warehouse(settings) as connection:
        staged = connection.execute(f"select count(*) from staging.{PROMOTION.name}").fetchone()
        assert staged == (5,)
    assert not set(people_landed(settings)) & subject.pseudonyms


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt
