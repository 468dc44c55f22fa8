"""Files on the way into Kafka: `orgpulse publish` with a real broker."""

import os
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import orjson
import pytest
from kafka import TopicPartition

from orgpulse_platform.clients import consumer
from orgpulse_platform.ledger import LedgerEntry, read
from orgpulse_platform.settings import Settings
from orgpulse_platform.topics import raw_topics
from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.validation import validate

ROOT = Path(__file__).parents[3]
FILES = {
    "building_energy": "building_energy_2016.csv",
    "expenses_by_type": "iom_expenses_by_type.csv",
    "iati_flows": "iati_flows.csv",
    "revenue_by_type": "iom_revenue_by_type.csv",
    "staff_by_duty_station": "iom_staff_by_duty_station_2019.csv",
    "staff_totals": "iom_staff_totals.csv",
}
MAPPING = """\
name: visitors
description: Facilities.
contract: org.environment.facility_inventory.reported.v1
time: {template: "2019-12-31"}
identity: [site]
fields:
  facility_id: site
  facility_name: name
  year: {constant: 2019}
"""

pytestmark = pytest.mark.kafka


@pytest.fixture
def shared_data() -> Path:
    folder = Path(os.environ.get("ORGPULSE_SHARED_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip("the folder with the published figures is not here; ORGPULSE_SHARED_DATA names it")
    return folder


def publish(settings: Settings, file: Path, mapping: object) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "ORGPULSE_STATE": str(settings.state),
        "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(settings.kafka.bootstrap_servers),
        "ORGPULSE_KAFKA__REQUEST_TIMEOUT_MS": str(settings.kafka.request_timeout_ms),
    }
    command = [
        sys.executable,
        "-m",
        "orgpulse_platform.cli.main",
        "publish",
        str(file),
        "-m",
        str(mapping),
        "--json",
    ]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def report(result: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads(result.stdout)
    return found


def records(settings: Settings) -> list[Any]:
    """Everything on the raw topics."""
    reader = consumer(settings.kafka)
    try:
        parts = [
            TopicPartition(topic, part)
            for topic in raw_topics()
            for part in reader.partitions_for_topic(topic)
        ]
        reader.assign(parts)
        reader.seek_to_beginning()
        ends = reader.end_offsets(parts)
        found: list[Any] = []
        while any(reader.position(part) < end for part, end in ends.items()):
            for batch in reader.poll(timeout_ms=1000).values():
                found += batch
        return found
    finally:
        reader.close()


def entries(settings: Settings) -> list[LedgerEntry]:
    return read(settings.folder.ledger)


def test_published_figures_arrive_whole_and_twice_the_same(clean_kafka: Settings, shared_data: Path) -> None:
    for name, file in FILES.items():
        result = publish(clean_kafka, shared_data / file, name)
        assert result.returncode == 0, result.stderr
        assert report(result)["published"] == report(result)["rows"]
    first = records(clean_kafka)
    payloads = [validate(parse(record.value)) for record in first]
    assert all(
        record.topic == payload.about.raw_topic for record, payload in zip(first, payloads, strict=True)
    )
    assert all(
        record.key == str(getattr(payload, payload.about.key)).encode()
        for record, payload in zip(first, payloads, strict=True)
    )
    counts = Counter(payload.about.entity for payload in payloads)
    assert counts == {
        "facility_inventory": 3376,
        "expense": 52,
        "flow": 145,
        "revenue": 48,
        "duty_station_headcount": 264,
        "organisation_headcount": 4,
    }
    amounts = [
        payload.amount_usd
        for payload in payloads
        if payload.about.entity == "revenue" and payload.year == 2019
    ]  # type: ignore[attr-defined]
    assert sum(amounts) == Decimal("2127069586.00")

    for name, file in FILES.items():
        assert publish(clean_kafka, shared_data / file, name).returncode == 0
    ids = Counter(parse(record.value).id for record in records(clean_kafka))
    assert set(ids) == {parse(record.value).id for record in first}
    assert set(ids.values()) == {2}

    ledger = entries(clean_kafka)
    assert [entry.dataset for entry in ledger[:6]] == [entry.dataset for entry in ledger[6:]]
    assert ledger[0].published == ledger[0].kept == {"environment": 3376}
    assert {entry.publisher for entry in ledger} == {"file"}


def test_refused_row_stops_no_other(clean_kafka: Settings, tmp_path: Path) -> None:
    mapping = tmp_path / "visitors.yaml"
    mapping.write_text(MAPPING)
    file = tmp_path / "export.csv"
    file.write_text("site,name\nF0001,Lima\nF1,Kanarienvogel\nF0003,Quito\n")
    result = publish(clean_kafka, file, mapping)
    assert result.returncode == 1
    assert report(result)["published"] == 2
    assert [row["line"] for row in report(result)["refused"]] == [3]
    assert "Kanarienvogel" not in result.stdout + result.stderr
    assert sorted(record.key for record in records(clean_kafka)) == [b"F0001", b"F0003"]
    (entry,) = entries(clean_kafka)
    assert entry.published == entry.kept == {"environment": 2}
    assert str(file) not in clean_kafka.folder.ledger.read_text()


def test_wrong_mapping_sends_nothing_and_says_what_to_do(clean_kafka: Settings, tmp_path: Path) -> None:
    mapping = tmp_path / "visitors.yaml"
    mapping.write_text(MAPPING.replace("facility_name: name", "facility_nam: name"))
    file = tmp_path / "export.csv"
    file.write_text("site,name\nF0001,Lima\n")
    result = publish(clean_kafka, file, mapping)
    assert result.returncode == 1
    assert result.stdout == ""
    assert "facility_name" in result.stderr
    assert "line 8" in result.stderr
    assert "What to do" in result.stderr
    assert records(clean_kafka) == []
    assert entries(clean_kafka) == []


def test_without_a_broker_nothing_is_lost_or_claimed(settings: Settings, tmp_path: Path) -> None:
    mapping = tmp_path / "visitors.yaml"
    mapping.write_text(MAPPING)
    file = tmp_path / "export.csv"
    file.write_text("site,name\nF0001,Lima\n")
    kafka = settings.kafka.model_copy(
        update={"bootstrap_servers": "127.0.0.1:9", "request_timeout_ms": 1_000}
    )
    unreachable = settings.model_copy(update={"kafka": kafka})
    result = publish(unreachable, file, mapping)
    assert result.returncode == 1
    assert "Kafka does not answer" in result.stderr
    assert entries(unreachable) == []
