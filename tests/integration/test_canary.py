"""No personal value leaves the raw topics: marked values go in everywhere and are looked for everywhere."""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest

from orgpulse_platform.clients import consumer
from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import Settings
from orgpulse_platform.topics import TopicKind, all_topics
from orgpulse_schemas.cloudevents import structured
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.reasons import RejectedError
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate_data

pytestmark = pytest.mark.kafka

PERSON = "P909091"
BIRTH_DATE = "1931-02-03"
MARK = "zyxcanary"
NUMBERS = (PERSON, "K909091", "A909091", "Q909091")
"""Numbers of a person, a case, a candidate, a partner's person."""
CANDIDATES = (*NUMBERS, BIRTH_DATE, f"{MARK}@canary.example", f"{MARK} of Quillfeather")
"""A canary for each shape of personal field; the first that a field accepts is put into it."""


def needles() -> list[bytes]:
    """Every canary, also as its plain hashes and in base64: none of these protects anybody."""
    marked = [*NUMBERS, BIRTH_DATE, MARK, MARK.upper(), f"{MARK}@canary.example"]
    hashed = [getattr(hashlib, name)(PERSON.encode()).hexdigest() for name in ("md5", "sha1", "sha256")]
    encoded = [base64.b64encode(text.encode()).decode().rstrip("=") for text in (PERSON, MARK)]
    return [text.encode() for text in marked + hashed + encoded]


def is_valid(about: About, payload: dict[str, Any]) -> bool:
    try:
        validate_data(about, orjson.dumps(payload))
    except RejectedError:
        return False
    return True


def personal_fields(about: About) -> list[ContractField]:
    """The fields that hold or name a person."""
    return [
        field
        for field in about.fields
        if field.personal_data in (PersonalData.IDENTIFIER, PersonalData.FREE_TEXT)
        or field.treatment.kind is not TreatmentKind.KEEP
    ]


def marked_payload(about: About, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with a canary in every personal field that takes one beside its other fields."""
    for field in personal_fields(about):
        for canary in CANDIDATES:
            changed = {**payload, field.name: canary}
            if is_valid(about, changed):
                payload = changed
                break
    return {**payload, "unknown_field": f"{MARK} in a field that no contract names"}


def passing_examples(about: About) -> list[dict[str, Any]]:
    return [orjson.loads(one.value) for one in examples_of(about.event_type) if one.violation is None]


def broken(about: About, good: dict[str, Any]) -> Iterator[bytes]:
    """The event broken in every way that rejection tells apart, with canaries in what is broken."""
    text = orjson.dumps(good)
    yield text[:-2]
    yield f"{MARK} {PERSON} is no JSON".encode()
    for attribute in (
        "type",
        "source",
        "time",
        "specversion",
        "dataclassification",
        "dataregulation",
        "datacategory",
        "datacontenttype",
    ):
        yield orjson.dumps({**good, attribute: f"{MARK} {PERSON}"})
    for field in about.fields:
        for wrong in ([MARK, PERSON, BIRTH_DATE], f"{MARK} {PERSON}"):
            data = {**good["data"], field.name: wrong}
            if not is_valid(about, data):  # the name of an office, say, takes any text
                yield orjson.dumps({**good, "data": data})


def canary_events(about: About) -> list[dict[str, Any]]:
    """The passing examples with canaries; between them every personal field has one."""
    events = [
        {
            **good,
            "id": f"{MARK}-{about.name}-{number}-{PERSON}",
            "subject": f"{MARK} {PERSON}",
            "correlationid": PERSON,
            "data": marked_payload(about, good["data"]),
        }
        for number, good in enumerate(passing_examples(about))
    ]
    marked = {name for event in events for name, value in event["data"].items() if value in CANDIDATES}
    assert {field.name for field in personal_fields(about)} <= marked, about.event_type
    return events


def publish_canaries(settings: Settings) -> int:
    """Publish good and broken events with canaries; the number of good ones."""
    accepted = 0
    headers = [(f"{MARK}-{PERSON}", MARK.encode()), ("owner", PERSON.encode())]
    with Publisher(settings.kafka) as publisher:
        for about in all_contracts().values():
            events = canary_events(about)
            accepted += len(events)
            for value in (*map(orjson.dumps, events), *broken(about, events[0])):
                publisher.send(about.raw_topic, f"{MARK}-{PERSON}".encode(), value, headers)
        publisher.flush()
    return accepted


def orgpulse(settings: Settings, *arguments: str) -> bytes:
    """Run a command as its user would, with everything logged; what it says is part of what is searched."""
    environment = {
        **os.environ,
        "ORGPULSE_STATE": str(settings.folder.root),
        "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(settings.kafka.bootstrap_servers),
        "ORGPULSE_STREAMS__GROUP": settings.streams.group,
        "ORGPULSE_STREAMS__MAX_REJECTED_RATIO": "1",
        "ORGPULSE_LOG_LEVEL": "debug",
    }
    finished = subprocess.run(
        [sys.executable, "-m", "orgpulse_platform.cli.main", *arguments],
        env=environment,
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr.decode()[-2000:]
    return finished.stdout + finished.stderr


def topic_bytes(settings: Settings) -> Iterator[tuple[str, bytes]]:
    """Everything in the topics that anybody but the streams may read."""
    names = [topic.name for topic in all_topics(settings.kafka) if topic.kind is not TopicKind.RAW]
    reader = consumer(settings.kafka, consumer_timeout_ms=4_000)
    reader.subscribe(names)
    for record in reader:
        headers = b" ".join(name.encode() + (value or b"") for name, value in record.headers)
        yield f"topic {record.topic}", b" ".join((record.key or b"", record.value or b"", headers))
    reader.close()


def file_bytes(root: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the state folder but the raw log of the broker and the keyring, with its name."""
    for path in sorted(root.rglob("*")):
        place = path.relative_to(root)
        if path.is_dir() or place.parts[0] == "broker" or place.name == "keyring.json":
            continue
        yield f"file {place}", str(place).encode() + b" " + path.read_bytes()
        if path.suffix == ".duckdb":
            yield from table_bytes(path, str(place))


def table_bytes(database: Path, place: str) -> Iterator[tuple[str, bytes]]:
    """Every table as text: DuckDB compresses its columns, so the file's bytes alone prove nothing."""
    with duckdb.connect(str(database), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where not internal"
        ).fetchall()
        for schema, table in tables:
            rows = connection.execute(f'select * from "{schema}"."{table}"').fetchall()
            yield f"table {place} {schema}.{table}", repr(rows).encode()


def found(places: Iterable[tuple[str, bytes]]) -> list[str]:
    """Where a canary was found; the place is told, not the content."""
    looked_for = needles()
    return [place for place, content in places if any(needle in content for needle in looked_for)]


@pytest.fixture
def canary_run(clean_kafka: Settings) -> tuple[Settings, list[tuple[str, bytes]]]:
    """A whole run over marked events, and what its commands said."""
    settings = clean_kafka
    create_keyring(settings.folder.keyring)
    accepted = publish_canaries(settings)
    said = [
        (f"output of orgpulse {' '.join(arguments)}", orgpulse(settings, *arguments))
        for arguments in (
            ("streams", "run", "--until-drained"),
            ("build",),
            ("reconcile", "--json"),
            ("scorecard",),
            ("indicators", "list", "--json"),
            ("publications", "list"),
        )
    ]
    with duckdb.connect(str(settings.folder.published), read_only=True) as published:
        landed = published.execute("select count(*) from core.event_lineage").fetchone()
    assert landed == (accepted,), "the canaries must have passed through, else the search proves nothing"
    return settings, said


def test_no_personal_value_leaves_the_raw_topics(
    canary_run: tuple[Settings, list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    settings, said = canary_run
    assert found(said) == []
    assert found(topic_bytes(settings)) == []
    assert found(file_bytes(settings.folder.root)) == []

    # The search is proven by planting one canary in each kind of place.
    planted = tmp_path / "planted"
    shutil.copytree(settings.folder.root, planted, ignore=shutil.ignore_patterns("broker"))
    (planted / f"{MARK}.log").write_text("named after a person")
    (planted / "logs").mkdir(exist_ok=True)
    (planted / "logs" / "worker.log").write_text(f"cannot process {PERSON}")
    database = next(iter(planted.rglob("warehouse.duckdb")))
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table core.planted as select ? as note", [f"born {BIRTH_DATE}"])
    hits = found(file_bytes(planted))
    assert {f"file {MARK}.log", "file logs/worker.log"} <= set(hits)
    assert any("core.planted" in place for place in hits)

    planted_event = structured(
        id="1", source="urn:x", type="x", time=datetime(2019, 1, 1, tzinfo=UTC), data={"name": MARK}
    )
    with Publisher(settings.kafka) as publisher:
        publisher.send("events.hr", None, planted_event)
        publisher.flush()
    assert found(topic_bytes(settings)) == ["topic events.hr"]
