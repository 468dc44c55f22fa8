import os
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from orgpulse_platform.keyring import Keyring
from orgpulse_platform.rejected.original import Original, unpack
from orgpulse_platform.topics import LARGEST_REJECTED, raw_topics
from orgpulse_schemas.example_files import examples_of
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.protected import LogicalType, protected_fields
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.wire import REJECTED_TYPE, STREAMS_SOURCE
from orgpulse_streams.protect.records import ProtectedRecord, RawRecord
from orgpulse_streams.protect.transform import Protection

ARRIVED_MS = 1_577_880_000_000
PROTECTED_AT = datetime(2020, 1, 1, 12, 0, 1, tzinfo=UTC)


def raw(topic: str, value: bytes | None, headers: Any = (), timestamp_ms: int = ARRIVED_MS) -> RawRecord:
    return RawRecord(topic, 2, 17, timestamp_ms, headers, value)


def raw_example(event: dict[str, Any], **attributes: Any) -> RawRecord:
    topic = all_contracts()[event["type"]].raw_topic
    return raw(topic, orjson.dumps({**event, **attributes}))


EXAMPLES = [example for type_ in all_contracts() for example in examples_of(type_)]
PASSING = {
    f"{event['type']} {example.name}": event
    for example in EXAMPLES
    if example.violation is None
    for event in [orjson.loads(example.value)]
}
CANARY = "zyxcanary"


@pytest.fixture
def protection(keyring: Keyring) -> Protection:
    return Protection(keyring, clock=lambda: PROTECTED_AT)


@pytest.fixture
def appointment() -> dict[str, Any]:
    """A person appointed one day before her birthday."""
    return {
        "specversion": "1.0",
        "id": "appointment-1",
        "source": "urn:orgpulse:system:pe-3",
        "type": "org.hr.appointment.made.v1",
        "time": "2019-07-18T22:30:00-04:00",
        "subject": "Maribel Oduyale",
        "data": {
            "personnel_id": "P004417",
            "full_name": "Maribel Oduyale",
            "email": "maribel.oduyale@staff.example.org",
            "birth_date": "1984-07-20",
            "gender": "female",
            "nationality": "NGA",
            "contract_type": "staff",
            "grade": "P4",
            "unit_id": "U0034",
            "position_id": "N000702",
            "manager": True,
            "appointed_on": "2019-02-01",
        },
    }


def rejected(record: ProtectedRecord) -> tuple[str, str]:
    data = orjson.loads(record.value)["data"]
    return data["reason"], data["path"]


def test_protected_event_is_a_cloudevent_with_the_fields_of_the_allow_list(
    protection: Protection, appointment: dict[str, Any], keyring: Keyring
) -> None:
    record = protection(raw_example(appointment))
    person = keyring.pseudonym("person", "P004417")
    assert record.topic == "events.hr"
    assert record.key == person.encode()
    assert record.reason is None
    assert orjson.loads(record.value) == {
        "specversion": "1.0",
        "id": str(keyring.event_identity("urn:orgpulse:system:pe-3", "appointment-1")),
        "source": "urn:orgpulse:system:pe-3",
        "type": "org.hr.appointment.made.v1",
        "time": "2019-07-19T02:30:00Z",
        "recordedtime": "2020-01-01T12:00:01Z",
        "origin": "raw.hr.pe-3/2/17@1577880000000",
        "dataclassification": "confidential",
        "dataregulation": "DPP,UN-PDP",
        "datacategory": "standard",
        "datacontenttype": "application/json",
        "data": {
            "personnel_id": person,
            "birth_date": "30-34",
            "gender": "female",
            "nationality": "NGA",
            "contract_type": "staff",
            "grade": "P4",
            "unit_id": "U0034",
            "position_id": "N000702",
            "manager": True,
            "appointed_on": "2019-02-01",
        },
    }


@pytest.mark.parametrize("name", PASSING)
def test_passing_example_leaves_without_a_direct_identifier(protection: Protection, name: str) -> None:
    event = PASSING[name]
    about = all_contracts()[event["type"]]
    record = protection(raw_example(event))
    assert record.reason is None, rejected(record)
    assert record.topic == about.events_topic
    data = orjson.loads(record.value)["data"]
    assert set(data) == {field.name for field in protected_fields(about)}
    types = {field.name: field.type for field in protected_fields(about)}
    for field in about.fields:
        value = event["data"].get(field.name)
        if value is None:
            continue
        if field.personal_data in (PersonalData.IDENTIFIER, PersonalData.FREE_TEXT):
            assert str(value).encode() not in record.value
        if field.treatment.kind is not TreatmentKind.KEEP or types[field.name] is LogicalType.DECIMAL:
            continue
        if types[field.name] is LogicalType.TIMESTAMP:
            assert data[field.name].endswith("Z")
            assert datetime.fromisoformat(data[field.name]) == datetime.fromisoformat(value)
        else:
            assert data[field.name] == value


def test_every_contract_has_a_passing_example_here() -> None:
    assert {event["type"] for event in PASSING.values()} == set(all_contracts())


def test_failing_examples_are_rejected_for_the_reason_that_they_state(protection: Protection) -> None:
    for type_, about in all_contracts().items():
        for example in examples_of(type_):
            if example.violation is None:
                continue
            record = protection(raw(about.raw_topic, example.value))
            assert rejected(record) == (example.violation.reason.value, example.violation.path), example
            assert record.topic == f"rejected.{about.family}"


def test_protected_event_keeps_what_the_original_asked_for_beyond_its_contract(
    protection: Protection, appointment: dict[str, Any]
) -> None:
    for stated, left in (("public", "standard"), ("restricted", "standard"), (None, "sensitive")):
        event = {**appointment, "dataclassification": stated, "datacategory": left}
        record = protection(raw("raw.hr.pe-3", orjson.dumps(event)))
        protected = orjson.loads(record.value)
        assert (protected["dataclassification"], protected["datacategory"]) == ("confidential", left)
    wrong = protection(raw("raw.hr.pe-3", orjson.dumps({**appointment, "dataregulation": "GDPR"})))
    assert rejected(wrong) == ("unknown_classification", "/dataregulation")


def test_canaries_anywhere_do_not_leave(protection: Protection, appointment: dict[str, Any]) -> None:
    data = {
        **appointment["data"],
        "full_name": CANARY,
        "email": f"{CANARY}@example.org",
        "unknown": CANARY,
        f"{CANARY}_name": {"nested": [CANARY]},
    }
    event = {**appointment, "data": data, "id": CANARY, "subject": CANARY, "extension": CANARY}
    headers = [(CANARY, CANARY.encode()), ("ce_subject", CANARY.encode())]
    record = protection(raw("raw.hr.pe-3", orjson.dumps(event), headers))
    assert record.reason is None
    assert CANARY.encode() not in record.value + (record.key or b"")


@pytest.mark.parametrize(
    "field",
    ["specversion", "id", "source", "type", "time", "dataclassification", "dataregulation", "datacategory"],
)
def test_canary_in_a_wrong_attribute_does_not_leave(
    protection: Protection, appointment: dict[str, Any], field: str
) -> None:
    record = protection(raw("raw.hr.pe-3", orjson.dumps({**appointment, field: [CANARY]})))
    assert record.reason is not None
    assert CANARY.encode() not in record.value


def test_canary_in_every_field_of_a_rejected_event_does_not_leave(
    protection: Protection, appointment: dict[str, Any]
) -> None:
    for field in appointment["data"]:
        for wrong in (CANARY * 100, [CANARY], {CANARY: CANARY}):
            data = {**appointment["data"], field: wrong}
            record = protection(raw("raw.hr.pe-3", orjson.dumps({**appointment, "data": data})))
            assert record.reason is not None, field
            assert CANARY.encode() not in record.value
            assert record.key is None


def test_rejected_event_states_reason_and_place_and_its_original_can_be_opened(
    protection: Protection, appointment: dict[str, Any], keyring: Keyring
) -> None:
    del appointment["data"]["gender"]
    original = orjson.dumps(appointment)
    headers = [("trace", b"1"), ("trace", None)]
    record = protection(raw("raw.hr.pe-3", original, headers)._replace(key=b"P004417"))
    event = orjson.loads(record.value)
    data = event.pop("data")
    assert record.topic == "rejected.hr"
    assert record.key is None
    assert event == {
        "specversion": "1.0",
        "id": event["id"],
        "source": STREAMS_SOURCE,
        "type": REJECTED_TYPE,
        "time": "2020-01-01T12:00:00Z",
        "recordedtime": "2020-01-01T12:00:01Z",
        "datacontenttype": "application/json",
    }
    opened = unpack(keyring.decrypt_original(data.pop("original"), data["origin"]))
    assert opened == Original(original, b"P004417", tuple(headers))
    assert data == {
        "reason": "missing_field",
        "path": "/data/gender",
        "contract": "org.hr.appointment.made.v1",
        "family": "hr",
        "origin": "raw.hr.pe-3/2/17@1577880000000",
        "identity": str(keyring.event_identity("urn:orgpulse:system:pe-3", "appointment-1")),
        "key_id": "rejected-1",
    }


def test_rejected_event_keeps_its_id_when_it_is_processed_again(protection: Protection) -> None:
    first, again = (orjson.loads(protection(raw("raw.hr.pe-3", b"{")).value) for _ in range(2))
    elsewhere = orjson.loads(protection(raw("raw.hr.pe-3", b"{", timestamp_ms=5)).value)
    assert first["id"] == again["id"] != elsewhere["id"]


@pytest.mark.parametrize("value", [None, b""])
def test_record_without_value_is_rejected_with_its_key_and_headers(
    protection: Protection, keyring: Keyring, value: bytes | None
) -> None:
    record = protection(raw("raw.hr.pe-3", value, [("trace", b"1")])._replace(key=b"P004417"))
    assert rejected(record) == ("empty", "")
    data = orjson.loads(record.value)["data"]
    assert data["identity"] is None
    opened = unpack(keyring.decrypt_original(data["original"], data["origin"]))
    assert opened == Original(value, b"P004417", (("trace", b"1"),))


def test_type_that_no_contract_has_is_not_repeated(
    protection: Protection, appointment: dict[str, Any]
) -> None:
    record = protection(raw("raw.hr.pe-3", orjson.dumps({**appointment, "type": f"org.{CANARY}"})))
    assert rejected(record) == ("unknown_contract", "/type")
    assert orjson.loads(record.value)["data"]["contract"] is None


def test_event_on_the_topic_of_another_system_is_rejected(
    protection: Protection, appointment: dict[str, Any]
) -> None:
    for topic in raw_topics():
        reason = protection(raw(topic, orjson.dumps(appointment))).reason
        assert reason == (None if topic == "raw.hr.pe-3" else Reason.WRONG_SOURCE), topic


def test_event_of_another_source_is_rejected(protection: Protection, appointment: dict[str, Any]) -> None:
    appointment["source"] = "urn:orgpulse:system:pr-2"
    assert rejected(protection(raw_example(appointment))) == ("wrong_source", "/source")


def test_binary_mode_event_is_protected_like_a_structured_one(
    protection: Protection, appointment: dict[str, Any]
) -> None:
    structured = protection(raw_example(appointment))
    attributes = {name: value for name, value in appointment.items() if name != "data"}
    headers = [(f"ce_{name}", value.encode()) for name, value in attributes.items()]
    binary = protection(raw("raw.hr.pe-3", orjson.dumps(appointment["data"]), headers))
    assert binary == structured


def test_failure_of_the_platform_on_one_event_rejects_only_that_event(
    protection: Protection, appointment: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Keyring, source: str, id: str) -> None:
        raise RuntimeError(f"cannot make an identity of {id}")

    good = protection(raw_example(appointment))
    with monkeypatch.context() as broken:
        broken.setattr(Keyring, "event_identity", fail)
        record = protection(raw_example(appointment, id=CANARY))
    assert rejected(record) == ("unprocessable", "")
    assert orjson.loads(record.value)["data"]["identity"] is None
    assert CANARY.encode() not in record.value
    assert protection(raw_example(appointment)) == good


@pytest.mark.parametrize("timestamp_ms", [-1, -(2**63), 2**63 - 1, 253_402_300_800_000])
def test_arrival_that_no_calendar_has_does_not_crash(protection: Protection, timestamp_ms: int) -> None:
    event = orjson.loads(protection(raw("raw.hr.pe-3", b"{", timestamp_ms=timestamp_ms)).value)
    assert datetime.fromisoformat(event["time"]).tzinfo == UTC


@pytest.mark.parametrize("size", [700_000, 1_048_588])
def test_original_of_any_size_that_kafka_takes_is_carried_whole(
    protection: Protection, keyring: Keyring, size: int
) -> None:
    value = b'{"x":"' + os.urandom(size - 6)
    data = orjson.loads(protection(raw("raw.hr.pe-3", value)).value)["data"]
    assert unpack(keyring.decrypt_original(data["original"], data["origin"])).value == value


def test_original_that_kafka_took_compressed_is_carried_compressed(
    protection: Protection, keyring: Keyring
) -> None:
    value = b"a" * 20_000_000
    record = protection(raw("raw.hr.pe-3", value))
    assert rejected(record) == ("too_large", "")
    assert len(record.value) < LARGEST_REJECTED
    data = orjson.loads(record.value)["data"]
    assert unpack(keyring.decrypt_original(data["original"], data["origin"])).value == value


def test_original_that_fits_no_record_even_compressed_holds_up_no_other(protection: Protection) -> None:
    record = protection(raw("raw.hr.pe-3", os.urandom(3_000_000)))
    assert rejected(record) == ("too_large", "")
    data = orjson.loads(record.value)["data"]
    assert (data["original"], data["key_id"]) == ("", "")


def test_rejected_event_has_the_identity_that_it_would_have_been_accepted_with(
    protection: Protection, appointment: dict[str, Any], keyring: Keyring
) -> None:
    accepted = orjson.loads(protection(raw_example(appointment)).value)["id"]
    binary = [(f"ce_{name}", value.encode()) for name, value in appointment.items() if name != "data"]
    for broken in (
        raw_example(appointment, time="yesterday"),
        raw("raw.hr.pe-3", orjson.dumps({**appointment, "type": "org.hr.unknown.made.v1"})),
        raw("raw.hr.pe-3", b"{", binary),
    ):
        record = protection(broken)
        assert record.reason is not None
        assert orjson.loads(record.value)["data"]["identity"] == accepted


@pytest.mark.parametrize("wrong", [{"id": 5}, {"source": None}, {"id": ""}, {"id": [CANARY]}])
def test_event_that_does_not_tell_source_and_id_is_rejected_without_identity(
    protection: Protection, appointment: dict[str, Any], wrong: dict[str, Any]
) -> None:
    record = protection(raw_example(appointment, **wrong))
    assert record.reason is not None
    assert orjson.loads(record.value)["data"]["identity"] is None
