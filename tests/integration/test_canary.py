"""No personal value leaves the raw topics: marked values go in everywhere and are looked for everywhere."""

import http.client
import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pytest
from canary_search import BIRTH_DATE, MARK, NUMBERS, PERSON, Place, files, found
from kafka import TopicPartition

from orgpulse_platform.clients import consumer
from orgpulse_platform.intake.tokens import create_token
from orgpulse_platform.keyring import create_keyring
from orgpulse_platform.publisher import Event, Publisher
from orgpulse_platform.publisher.event import records_of
from orgpulse_platform.publisher.spool import Spool
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_admin import existing_topics
from orgpulse_schemas.cloudevents import structured
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.reasons import RejectedError
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate_data

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(900)]

CANDIDATES = (*NUMBERS, BIRTH_DATE, f"{MARK}@canary.example", f"{MARK} of Quillfeather")
"""A canary for each shape of personal field; the first that a field accepts is put into it."""
CLI = (sys.executable, "-m", "orgpulse_platform.cli.main")
ONE_AFTER_THE_OTHER = """
import json, sys
from orgpulse_platform.cli.main import run
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["orgpulse", *arguments]
    try:
        run()
    except SystemExit as ended:
        print(f"{arguments[0]} ended with {ended.code}")
"""
MAPPING = """
name: marked
description: Appraisals.
contract: org.hr.appraisal.completed.v1
files: ["*.csv"]
time: {template: "2019-12-31"}
identity: [person]
fields:
  personnel_id: person
  cycle: cycle
  due_on: {constant: "2019-12-31"}
  completed_on: {constant: "2019-12-31"}
  multi_rater: {constant: true}
  aligned_to_corporate_goal: {constant: true}
  comments: remarks
"""
EXPORT = f"person,cycle,remarks\n{PERSON},2019,{MARK} did well\n{PERSON},{MARK},{BIRTH_DATE}\n{MARK}\n"


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
        or field.treatment.kind in (TreatmentKind.PSEUDONYMISE, TreatmentKind.GENERALISE)
    ]


def marked_payload(about: About, payload: dict[str, Any]) -> dict[str, Any]:
    """The payload with a canary in every protected field that takes one beside its other fields."""
    for field in about.fields:
        for canary in CANDIDATES if field.treatment.kind is not TreatmentKind.KEEP else ():
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


def values_of(about: About) -> list[bytes]:
    """Good and broken events of a contract with canaries, as published."""
    events = canary_events(about)
    return [*map(orjson.dumps, events), *broken(about, events[0])]


def publish_canaries(settings: Settings) -> int:
    """Publish good and broken events with canaries; the number of good ones."""
    accepted = 0
    headers = [(f"{MARK}-{PERSON}", MARK.encode()), ("owner", PERSON.encode())]
    with Publisher(settings.kafka) as publisher:
        for about in all_contracts().values():
            accepted += len(canary_events(about))
            for value in values_of(about):
                publisher.send(about.raw_topic, f"{MARK}-{PERSON}".encode(), value, headers)
        publisher.flush()
    return accepted


def environment(settings: Settings) -> dict[str, str]:
    """As users set it, with everything logged."""
    return {
        **os.environ,
        "ORGPULSE_STATE": str(settings.folder.root),
        "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(settings.kafka.bootstrap_servers),
        "ORGPULSE_STREAMS__GROUP": settings.streams.group,
        "ORGPULSE_STREAMS__MAX_REJECTED_RATIO": "1",
        "ORGPULSE_LOG_LEVEL": "debug",
    }


def orgpulse(settings: Settings, *commands: list[str]) -> Place:
    """Run commands as their user would; what they say is part of what is searched."""
    finished = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps(commands)],
        env=environment(settings),
        capture_output=True,
        timeout=600,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr.decode()[-2000:]
    names = ", ".join(command[0] for command in commands)
    return f"output of {names}", finished.stdout + finished.stderr


@contextmanager
def intake(settings: Settings) -> Iterator[tuple[int, list[Place]]]:
    """An intake at its port; what it said is there once it has ended."""
    said: list[Place] = []
    running = subprocess.Popen(
        [*CLI, "intake", "run", "--port", "0"],
        env=environment(settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert running.stdout is not None
    try:
        first = next(line for line in running.stdout if b"Taking events" in line)
        yield int(re.findall(rb":(\d+)/events", first)[0]), said
    finally:
        running.terminate()
        said.append(("output of intake", running.communicate(timeout=60)[0]))


def send_over_http(settings: Settings) -> list[Place]:
    """Marked events, paths, headers and tokens sent to the intake; its answers and its output."""
    _, token = create_token(settings.folder.intake_tokens, "PE-3")
    good = canary_events(all_contracts()["org.hr.appointment.made.v1"])[0]
    headers = {
        "authorization": f"Bearer {token}",
        "content-type": "application/cloudevents+json",
        f"x-{MARK}": PERSON,
        "user-agent": f"{MARK} {PERSON}",
        "traceparent": f"00-{MARK}-{PERSON}-01",
    }
    requests: list[tuple[str, str, bytes, dict[str, str]]] = [
        ("POST", "/events", body, headers)
        for body in (orjson.dumps(good), *broken(all_contracts()[good["type"]], good))
    ]
    requests += [
        ("POST", f"/events/{MARK}/{PERSON}?born={BIRTH_DATE}", orjson.dumps(good), headers),
        ("GET", f"/{PERSON}%20{MARK}", b"", headers),
        ("POST", "/events", orjson.dumps(good), {**headers, "authorization": f"Bearer {MARK}-{PERSON}"}),
        ("POST", "/events", orjson.dumps(good), {**headers, "content-type": f"text/{MARK}"}),
        ("POST", "/events", b"{}", {**headers, "content-type": "application/json", "ce-id": PERSON,
                                    "ce-type": MARK, "ce-source": PERSON, f"ce-{MARK}": BIRTH_DATE}),
    ]  # fmt: skip
    with intake(settings) as (port, said):
        for number, (method, path, content, sent) in enumerate(requests):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request(method, path, body=content, headers=sent)
            answer = connection.getresponse()
            body = answer.read()
            if answer.status >= http.client.BAD_REQUEST:  # a receipt names the event to whoever sent it
                said.append((f"answer {number}", str(answer.headers).encode() + body))
            connection.close()
    return said


def send_as_files(settings: Settings, folder: Path) -> list[Place]:
    """Marked files published, judged and dropped into an inbox; the commands' output and the reports."""
    inbox, mappings = folder / "inbox", folder / "mappings"
    for one in (inbox, mappings):
        one.mkdir(parents=True)
    (mappings / "marked.yaml").write_text(MAPPING)
    (inbox / f"{MARK}-{PERSON}.csv").write_text(EXPORT)
    (folder / "export.csv").write_text(EXPORT)
    lines = [value for about in all_contracts().values() for value in values_of(about)[:9]]
    (folder / "events.ndjson").write_bytes(b"\n".join(line.replace(b"\n", b" ") for line in lines))
    mapping = ["--mapping", str(mappings / "marked.yaml")]
    said = orgpulse(
        settings,
        ["validate", str(folder / "events.ndjson")],
        ["validate", str(folder / "export.csv"), *mapping],
        ["publish", str(folder / "export.csv"), *mapping],
        ["publish", str(mappings / "marked.yaml"), *mapping],
        ["inbox", "run", str(inbox), "--mappings", str(mappings), "--once", "--json"],
    )
    reports = [path.read_bytes() for path in inbox.rglob("*.report.json")]
    assert reports
    return [said, *(("report of the inbox", report) for report in reports)]


def spool_events(folder: Path) -> None:
    """Marked events that wait on disk for Kafka."""
    model = all_contracts()["org.hr.appointment.made.v1"].model
    event = canary_events(model.about)[0]
    records = records_of([Event(model.model_validate_json(orjson.dumps(event["data"])),
                                datetime(2019, 1, 1, tzinfo=UTC), event["id"])])  # fmt: skip
    spool = Spool(folder, 1_000_000, secrets.token_bytes(32))
    spool.append(records)
    spool.close()


def topic_bytes(settings: Settings) -> Iterator[Place]:
    """Everything in every topic but the raw ones: also those that nobody of us made, such as of offsets."""
    names = sorted(name for name in existing_topics(settings.kafka) if not name.startswith("raw."))
    reader = consumer(settings.kafka, exclude_internal_topics=False)
    try:
        partitions = [
            TopicPartition(name, part) for name in names for part in reader.partitions_for_topic(name)
        ]
        reader.assign(partitions)
        reader.seek_to_beginning()
        ends = reader.end_offsets(partitions)
        while any(reader.position(one) < ends[one] for one in partitions):
            for partition, records in reader.poll(timeout_ms=500, max_records=10_000).items():
                for record in records:
                    headers = b" ".join(name.encode() + (value or b"") for name, value in record.headers)
                    content = b" ".join((record.key or b"", record.value or b"", headers))
                    yield f"topic {partition.topic}", content
    finally:
        reader.close()


@pytest.fixture
def canary_run(clean_kafka: Settings, tmp_path: Path) -> tuple[Settings, list[Place]]:
    """A whole run over marked events, and what its commands said."""
    settings = clean_kafka
    create_keyring(settings.folder.keyring)
    accepted = publish_canaries(settings)
    spool_events(settings.folder.root / "spool")
    said = [
        *send_over_http(settings),
        *send_as_files(settings, tmp_path / "source system"),
        orgpulse(settings, ["streams", "run", "--until-drained"], ["build"]),
        orgpulse(
            settings,
            ["reconcile", "--json"],
            ["scorecard"],
            ["quality"],
            ["indicators", "list", "--json"],
            ["publications", "list"],
            ["rejected", "list", "--json"],
            ["trace", "PE-3", PERSON.replace("909", "808")],
        ),
    ]
    with duckdb.connect(str(settings.folder.published), read_only=True) as published:
        landed = published.execute("select count(*) from core.event_lineage").fetchone()
    assert landed is not None
    assert landed[0] > accepted, "the canaries must have passed through, else the search proves nothing"
    return settings, said


def test_no_personal_value_leaves_the_raw_topics(canary_run: tuple[Settings, list[Place]]) -> None:
    settings, said = canary_run
    assert found(said) == []
    assert found(topic_bytes(settings)) == []
    assert found(files(settings.folder.root, but=("keyring.json",))) == []

    # The search is proven by planting one; every other kind of place in tests/unit/privacy.
    planted = structured(
        id="1", source="urn:x", type="x", time=datetime(2019, 1, 1, tzinfo=UTC), data={"name": MARK}
    )
    with Publisher(settings.kafka) as publisher:
        publisher.send("events.hr", None, planted)
        publisher.flush()
    assert found(topic_bytes(settings)) == ["topic events.hr"]
    with duckdb.connect(str(settings.folder.warehouse)) as warehouse:
        warehouse.execute("create table core.planted as select ? as note", [f"born {BIRTH_DATE}"])
    places = files(settings.folder.warehouse.parent)
    assert any("core.planted" in place for place in found(places))
