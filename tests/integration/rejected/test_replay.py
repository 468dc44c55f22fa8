"""Rejected events on a real Apache Kafka: from the rejection to the warehouse, after the fix."""

import json
import os
import pty
import select
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from typing import Any

import duckdb
import orjson
import pytest
from kafka.errors import MessageSizeTooLargeError

from orgpulse_platform.clients import producer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.keyring import create_keyring, load_keyring
from orgpulse_platform.publisher import DeliveryError
from orgpulse_platform.rejected import replay as replays
from orgpulse_platform.rejected.event import read_rejected
from orgpulse_platform.rejected.journal import State, open_journal
from orgpulse_platform.rejected.replay import Outcome, Wish, replay
from orgpulse_platform.rejected.selection import Selection
from orgpulse_schemas.cloudevents import structured

pytestmark = [pytest.mark.kafka, pytest.mark.timeout(600)]
RAW = "raw.hr.pe-3"
SOURCE = "urn:orgpulse:system:pe-3"
LATE = "org.hr.late.registered.v1"
NOON = datetime(2019, 5, 1, 12, tzinfo=UTC)
CANARY = "zyxcanary"
MAY_BE_EXAMPLE = {"indicators.evidence.event_id", "marts.event_traffic.event_id"}
"""Where one of several events stands for how many there are; which one depends on the key."""
HEADERS = [("trace", CANARY.encode()), ("trace", b"\xff\x00")]


def event(number: int, type_: str = LATE) -> bytes:
    data = {"unit_id": f"U{number:04d}", "note": CANARY}
    return structured(id=f"{CANARY}-{number}", source=SOURCE, type=type_, time=NOON, data=data)


def publish(platform: Any, *values: bytes | None, headers: Any = HEADERS, **options: Any) -> None:
    client = producer(platform.settings.kafka, **options)
    futures = [client.send(RAW, value, key=CANARY.encode(), headers=headers) for value in values]
    client.flush()
    for future in futures:
        future.get(10)
    client.close()


def run_replay(platform: Any, **wish: Any) -> dict[Outcome, int]:
    keyring = load_keyring(platform.settings.folder.keyring)
    report = replay(platform.settings, keyring, Wish(Selection(), **wish), lambda read, total: None)
    return dict(report.outcomes)


def sql(platform: Any, query: str) -> list[Any]:
    with duckdb.connect(str(platform.settings.folder.published), read_only=True) as published:
        return published.execute(query).fetchall()


def assert_no_canary(platform: Any, said: list[Any]) -> None:
    for answer in said:
        assert CANARY not in answer.out + answer.err
    for path in platform.settings.folder.root.rglob("*.jsonl"):
        assert CANARY not in path.read_text()


def test_from_an_unknown_contract_over_its_deployment_to_the_warehouse(platform, records):
    publish(platform, *(event(number) for number in range(5)), b"{" + CANARY.encode())
    platform.drain()
    said = [platform.orgpulse("rejected", "stats", "--json")]
    counts = {count["reason"]: count for count in said[0].document}
    assert counts["unknown_contract"]["events"] == 5
    assert counts["unknown_contract"]["replay_helps"]
    assert counts["malformed_json"]["mended_by"] == "source system"
    said += [platform.orgpulse("rejected", *words) for words in (["stats"], ["list"], ["list", "--json"])]
    origin = next(one["id"] for one in said[3].document if one["reason"] == "unknown_contract")
    said += [platform.orgpulse("rejected", "show", origin, *more) for more in ([], ["--json"])]
    said.append(platform.orgpulse("trace", "PE-3", f"{CANARY}-1", "--json"))
    traced = said[-1].document
    assert (traced["status"], traced["received"][0]["outcome"]) == ("rejected", "rejected")
    assert traced["rejected"][0]["reason"] == "unknown_contract"

    said.append(platform.orgpulse("rejected", "replay", "--dry-run", "--json"))
    assert (said[-1].document["replayed"], said[-1].document["needs_force"]) == (5, 1)
    assert len(records(RAW)) == 6

    said.append(platform.orgpulse("rejected", "replay", "--json", late=True))
    assert (said[-1].code, said[-1].document["replayed"]) == (0, 5)
    said.append(platform.orgpulse("rejected", "replay", late=True))
    raw = records(RAW)
    assert len(raw) == 11, "the second replay sends nothing"
    again = [record for record in raw if "orgpulse-replayed-from" in dict(record.headers)]
    assert {(record.key, record.value) for record in again} == {
        (CANARY.encode(), event(number)) for number in range(5)
    }
    for record in again:
        *headers, (_, stood_at) = record.headers
        assert list(headers) == HEADERS
        assert stood_at.decode().startswith(f"{RAW}/{record.partition}/")

    platform.drain(late=True)
    built = platform.orgpulse("build", late=True)
    assert built.code == 0, built.err[-3000:]
    assert sql(
        platform, "select count(*) from core.event_lineage where contract = 'hr_late_registered_v1'"
    ) == [(5,)]
    reconciled = platform.orgpulse("reconcile", "--json", late=True)
    hr = next(family for family in reconciled.document["families"] if family["id"] == "hr")
    assert (hr["published"], hr["rejected"], hr["landed"], hr["kept"], hr["replayed"]) == (11, 6, 5, 5, 5)
    assert reconciled.document["balanced"]
    by_day = "select contract, reason, day, count(*) from core.rejected_event group by all order by 4"
    assert [(row[1], row[3]) for row in sql(platform, by_day)] == [
        ("malformed_json", 1),
        ("unknown_contract", 5),
    ]

    said += [platform.orgpulse("trace", SOURCE, f"{CANARY}-1", *more, late=True) for more in ([], ["--json"])]
    traced = said[-1].document
    assert traced["status"] == "landed"
    assert [one["outcome"] for one in traced["received"]] == ["rejected", "accepted"]
    assert traced["received"][1]["replayed_from"] == traced["received"][0]["id"]
    assert traced["landed"]["origin"] == traced["received"][1]["id"]
    assert {table["id"] for table in traced["tables"] + traced["fed_tables"]} - MAY_BE_EXAMPLE == {
        "core.event_lineage.event_id",
        "landing.hr_late_registered_v1",
        "staging.hr_late_registered_v1",
    }
    away = platform.orgpulse(
        "trace",
        "PE-3",
        f"{CANARY}-1",
        "--json",
        ORGPULSE_KAFKA__BOOTSTRAP_SERVERS="127.0.0.1:1",
        ORGPULSE_KAFKA__REQUEST_TIMEOUT_MS="1000",
    )
    assert (away.document["status"], away.document["fed_tables"]) == ("landed", [])
    assert [one["found_on"] for one in away.document["rejected"]] == ["publication"]
    assert "not searched" in away.err

    said += [built, reconciled, away]
    assert_no_canary(platform, said)


def test_what_is_rejected_again_is_not_replayed_again_unless_asked_for(platform, records):
    publish(platform, event(1))
    platform.drain()
    assert run_replay(platform) == {Outcome.REPLAYED: 1}
    platform.drain()
    assert len(records("rejected.hr")) == 2
    assert run_replay(platform) == {Outcome.ALREADY_REPLAYED: 2}
    assert len(records(RAW)) == 2
    # One event, though it was rejected twice: it is sent once more.
    assert run_replay(platform, again=True) == {Outcome.REPLAYED: 1, Outcome.ALREADY_REPLAYED: 1}
    assert len(records(RAW)) == 3


def test_the_largest_record_that_kafka_takes_is_carried_and_opened_whole(platform, records):
    # The broker's limit, less what Kafka itself adds: 61 bytes for the batch, 20 for the record and its key.
    largest = os.urandom(1_048_588 - 61 - 20)
    with pytest.raises(MessageSizeTooLargeError):
        publish(platform, largest + b"x", headers=[], max_request_size=3_000_000)
    publish(platform, largest, headers=[], max_request_size=3_000_000)
    publish(platform, event(1))
    platform.drain()
    found = [read_rejected(record.value) for record in records("rejected.hr")]
    originals = [one.open(load_keyring(platform.settings.folder.keyring)) for one in found if one]
    assert {(one.key, one.value) for one in originals} == {
        (CANARY.encode(), largest),
        (CANARY.encode(), event(1)),
    }
    # With the header that a replay adds it is larger than Kafka takes; no contract would accept it either.
    assert run_replay(platform, force=True) == {Outcome.REPLAYED: 1, Outcome.REFUSED: 1}


def test_a_record_that_kafka_does_not_take_again_harms_no_other(platform, records):
    publish(platform, b"x" * 2_000_000, event(1), compression_type="gzip", max_request_size=3_000_000)
    platform.drain()
    outcomes = run_replay(platform, force=True)
    assert outcomes == {Outcome.REPLAYED: 1, Outcome.REFUSED: 1}
    assert run_replay(platform, force=True) == {Outcome.ALREADY_REPLAYED: 1, Outcome.REFUSED: 1}


def test_without_force_nothing_is_replayed_that_a_replay_cannot_mend(platform, records):
    publish(platform, b"{", event(1))
    platform.drain()
    said = platform.orgpulse("rejected", "replay", "--reason", "malformed_json")
    assert said.code == 0
    assert "--force" in said.err
    assert len(records(RAW)) == 2
    said = platform.orgpulse("rejected", "replay", "--reason", "malformed_json", "--force", "--json")
    assert said.document["replayed"] == 1
    assert records(RAW)[-1].value in (b"{", event(1))
    assert len(records(RAW)) == 3


def test_a_wrong_keyring_is_named_and_replays_nothing(platform, records, tmp_path):
    publish(platform, event(1), event(2))
    platform.drain()
    keyring = platform.settings.folder.keyring
    shutil.move(keyring, tmp_path / "right.json")
    create_keyring(keyring)
    said = platform.orgpulse("rejected", "replay", "--json")
    assert said.code == 1
    assert "not the keyring by which the state folder was made" in " ".join(said.err.split())
    platform.settings.folder.keyring_check.unlink()
    said = platform.orgpulse("rejected", "replay", "--json")
    assert (said.code, said.document["damaged"], said.document["replayed"]) == (1, 2, 0)
    assert "another key under the same id" in " ".join(said.err.split())
    assert len(records(RAW)) == 2
    platform.settings.folder.keyring_check.unlink()
    keyring.unlink()
    shutil.move(tmp_path / "right.json", keyring)
    assert run_replay(platform) == {Outcome.REPLAYED: 2}


def test_a_replay_that_was_killed_between_sending_and_recording_repeats_only_what_identity_removes(
    platform, records, monkeypatch
):
    publish(platform, *(event(number) for number in range(4)))
    platform.drain()
    write = replays.Journal.write

    def killed(self, run, state, events):
        if state is State.SENT:
            raise KeyboardInterrupt
        write(self, run, state, events)

    with monkeypatch.context() as broken:
        broken.setattr(replays.Journal, "write", killed)
        with pytest.raises(KeyboardInterrupt):
            run_replay(platform)
    assert len(records(RAW)) == 8
    assert run_replay(platform) == {Outcome.REPLAYED: 4}
    assert run_replay(platform) == {Outcome.ALREADY_REPLAYED: 4}
    platform.drain(late=True)
    ids = [orjson.loads(record.value)["id"] for record in records("events.hr")]
    assert len(set(ids)) == 4


def test_while_one_replay_runs_another_is_refused(platform):
    publish(platform, event(1))
    platform.drain()
    with open_journal(platform.settings.folder.replays):
        said = platform.orgpulse("rejected", "replay")
    assert said.code == 1
    assert "Another replay is running" in said.err


def test_a_broker_that_dies_leaves_what_it_has_on_record(platform, throwaway_kafka, monkeypatch):
    broker = throwaway_kafka()
    settings = broker.settings
    create_keyring(settings.folder.keyring)
    short = settings.model_copy(
        update={"kafka": settings.kafka.model_copy(update={"request_timeout_ms": 3_000})}
    )
    other = type(platform)(short)
    publish(other, *(event(number) for number in range(6)))
    other.drain()
    monkeypatch.setattr(replays, "BATCH_EVENTS", 3)
    send = replays.Resender.send
    sent = []

    def dies(self, batch):
        if sent:
            broker.kill()
        sent.append(batch)
        return send(self, batch)

    with monkeypatch.context() as dying:
        dying.setattr(replays.Resender, "send", dies)
        with pytest.raises((DeliveryError, BrokerUnavailableError)):
            run_replay(other)
    broker.start()
    other = type(platform)(broker.settings)
    assert run_replay(other) == {Outcome.REPLAYED: 3, Outcome.ALREADY_REPLAYED: 3}


def shown_on_a_terminal(platform: Any, *arguments: str) -> str:
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "orgpulse_platform.cli.main", *arguments],
        env=platform.environment(),
        stdin=slave,
        stdout=slave,
        stderr=subprocess.DEVNULL,
    )
    os.close(slave)
    text = b""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if not select.select([master], [], [], 0.5)[0]:
            if process.poll() is not None:
                break
            continue
        try:
            chunk = os.read(master, 65_536)
        except OSError:
            break
        if not chunk:
            break
        text += chunk
    process.wait(10)
    os.close(master)
    return text.decode()


def test_an_original_is_shown_on_a_terminal_only_and_who_opened_it_is_on_record(platform):
    publish(platform, event(1), headers=[])
    platform.drain()
    (found,) = platform.orgpulse("rejected", "list", "--json").document
    for more in ([], ["--json"]):
        refused = platform.orgpulse("rejected", "show", found["id"], "--reveal", *more)
        assert refused.code == 1
        assert CANARY not in refused.out + refused.err
    assert not platform.settings.folder.audit.exists()
    text = shown_on_a_terminal(platform, "rejected", "show", found["id"], "--reveal", "--why", "incident")
    assert f"{CANARY}-1" in text
    (line,) = platform.settings.folder.audit.read_text().splitlines()
    opening = json.loads(line)
    assert (opening["command"], opening["origin"]) == ("rejected show --reveal", found["id"])
    assert opening["why"] == "incident"


def test_an_origin_that_there_is_none_of_is_named(platform):
    said = platform.orgpulse("rejected", "show", "raw.hr.pe-3/0/17")
    assert said.code == 1
    assert "No rejected event has this origin" in said.err
