"""What holds for every record, whatever is in it."""

import base64
import string
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, get_args, get_origin

import orjson
import pycountry
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgpulse_platform.keyring import Keyring, create_keyring
from orgpulse_platform.rejected.original import Original, unpack
from orgpulse_platform.topics import raw_topics
from orgpulse_schemas.cloudevents import parse, structured
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.protected import LogicalType, logical_type, protected_fields
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate
from orgpulse_streams.protect.records import RawRecord
from orgpulse_streams.protect.transform import Protection

CONTRACTS = list(all_contracts().values())
COUNTRIES = sorted(country.alpha_3 for country in pycountry.countries)
CURRENCIES = sorted(currency.alpha_3 for currency in pycountry.currencies)
MARK = "zyxcanary"
DATES = st.dates(date(1951, 1, 1), date(2100, 12, 31))
TIMES = st.datetimes(
    datetime(1951, 1, 1),
    datetime(2100, 1, 1),
    timezones=st.builds(timezone, st.integers(-14 * 60, 14 * 60).map(lambda m: timedelta(minutes=m))),
)


@pytest.fixture(scope="module")
def keyring() -> Keyring:
    with TemporaryDirectory() as folder:
        return create_keyring(Path(folder) / "keyring.json")


@pytest.fixture(scope="module")
def protection(keyring: Keyring) -> Protection:
    return Protection(keyring)


def note(field: ContractField, name: str) -> Any:
    return next((getattr(n, name) for n in field.notes if getattr(n, name, None) is not None), None)


def literal(annotation: Any) -> tuple[Any, ...] | None:
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    found = (literal(argument) for argument in get_args(annotation))
    return next((values for values in found if values), None)


def text_values(field: ContractField) -> st.SearchStrategy[Any]:
    """Values of a text field; those of a field that names people are marked, so that they can be found."""
    values = literal(field.annotation)
    pattern = note(field, "pattern")
    if values:
        return st.sampled_from(values)
    if pattern == r"^[A-Z]{3}$":
        return st.sampled_from(CURRENCIES if field.name == "currency" else COUNTRIES)
    if pattern and "@" in pattern:
        return st.text(string.ascii_lowercase, max_size=20).map(lambda name: f"{MARK}{name}@example.org")
    if pattern:
        return st.from_regex(pattern.replace("$", r"\Z"), fullmatch=True)
    named = field.personal_data in (PersonalData.IDENTIFIER, PersonalData.FREE_TEXT)
    written = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=100)
    return written.map(lambda text: f"{MARK} {text}") if named else written


def field_values(field: ContractField) -> st.SearchStrategy[Any]:
    match logical_type(field.annotation):
        case LogicalType.BOOLEAN:
            values: st.SearchStrategy[Any] = st.booleans()
        case LogicalType.INTEGER:
            values = st.integers(note(field, "ge") or 0, note(field, "le"))
        case LogicalType.DECIMAL:
            lowest = note(field, "ge")
            values = st.decimals(
                Decimal(-(10**9) if lowest is None else lowest),
                Decimal(10**9),
                places=note(field, "decimal_places"),
            ).map(str)
        case LogicalType.DATE:
            values = DATES.map(date.isoformat)
        case LogicalType.TIMESTAMP:
            values = TIMES.map(datetime.isoformat)
        case LogicalType.TEXT:
            values = text_values(field)
    return values if field.required else st.none() | values


@st.composite
def payloads(draw: st.DrawFn, about: About) -> dict[str, Any]:
    """Payloads in the form of a contract; rules between fields are not heeded."""
    payload = {field.name: draw(field_values(field)) for field in about.fields}
    return {**payload, "not_in_the_contract": f"{MARK} {draw(st.text(max_size=5))}"}


def record(topic: str, value: bytes | None, headers: Any = (), timestamp_ms: int = 0) -> RawRecord:
    return RawRecord(topic, 0, 1, timestamp_ms, headers, value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda children: (
        st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=10), children, max_size=3)
    ),
    max_leaves=8,
)
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(["ce_specversion", "ce_id", "ce_type", "ce_source", "ce_time", "other"]),
        st.none() | st.binary(max_size=20) | st.just(b"1.0"),
    ),
    max_size=6,
)


RECORDS = st.builds(
    RawRecord,
    topic=st.sampled_from(raw_topics()),
    partition=st.integers(0, 2**31 - 1),
    offset=st.integers(0, 2**63 - 1),
    timestamp_ms=st.integers(-(2**63), 2**63 - 1),
    headers=HEADERS,
    value=st.none() | st.binary(max_size=300),
    key=st.none() | st.binary(max_size=30),
)


@given(any_record=RECORDS)
def test_any_bytes_give_exactly_one_rejected_event_with_its_original(
    protection: Protection, keyring: Keyring, any_record: RawRecord
) -> None:
    rejected = protection(any_record)
    data = orjson.loads(rejected.value)["data"]
    assert rejected.topic == f"rejected.{data['family']}"
    assert Reason(data["reason"]) is rejected.reason
    original = unpack(keyring.decrypt_original(data["original"], data["origin"]))
    assert original == Original(any_record.value, any_record.key, tuple(any_record.headers))


@given(
    about=st.sampled_from(CONTRACTS),
    changes=st.dictionaries(st.text(max_size=12), JSON, max_size=4),
    data=JSON,
)
def test_any_json_gives_exactly_one_event(
    protection: Protection, about: About, changes: dict[str, Any], data: Any
) -> None:
    event = {
        "specversion": "1.0",
        "id": "1",
        "source": about.system.uri,
        "type": about.event_type,
        "time": "2019-05-01T00:00:00Z",
        "data": data,
        **changes,
    }
    try:
        value = orjson.dumps(event)
    except TypeError:  # integers beyond 64 bits
        return
    assert orjson.loads(protection(record(about.raw_topic, value)).value)["specversion"] == "1.0"


def reason_to_reject(value: bytes) -> Reason | None:
    try:
        validate(parse(value))
    except RejectedError as error:
        return error.first.reason
    return None


@pytest.mark.parametrize("about", CONTRACTS, ids=lambda about: about.name)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(content=st.data())
def test_no_identifier_leaves_and_everything_allowed_does(
    protection: Protection, about: About, content: st.DataObject
) -> None:
    payload = content.draw(payloads(about))
    time = content.draw(TIMES)
    value = structured(
        id=f"{MARK}-1", source=about.system.uri, type=about.event_type, time=time, data=payload
    )
    sent = protection(record(about.raw_topic, value))
    expected = reason_to_reject(value)
    assert sent.reason is expected
    searched = sent.value
    if expected is None:
        protected = orjson.loads(sent.value)["data"]
        assert set(protected) == {field.name for field in protected_fields(about)}
        # A kept field may hold the very characters of an identifier by chance: they are not searched.
        kept = {f.name for f in about.fields if f.treatment.kind is TreatmentKind.KEEP}
        searched = orjson.dumps({name: v for name, v in protected.items() if name not in kept})
        assert all((protected[name] is None) == (payload[name] is None) for name in protected)
    assert MARK.encode() not in sent.value + (sent.key or b"")
    for field in about.fields:
        if field.personal_data is PersonalData.IDENTIFIER and payload[field.name] is not None:
            raw = payload[field.name].encode()
            assert raw not in searched
            assert base64.b64encode(raw).rstrip(b"=") not in searched


@given(time=TIMES, born=DATES)
def test_birth_date_never_leaves_whatever_the_time_of_the_event(
    protection: Protection, time: datetime, born: date
) -> None:
    about = all_contracts()["org.hr.appointment.made.v1"]
    payload = {
        "personnel_id": "P000001",
        "full_name": MARK,
        "email": f"{MARK}@example.org",
        "birth_date": born.isoformat(),
        "gender": "female",
        "nationality": "CHE",
        "contract_type": "staff",
        "grade": "P3",
        "unit_id": "U0001",
        "manager": False,
        "appointed_on": "2100-12-31",
    }
    value = structured(id="1", source=about.system.uri, type=about.event_type, time=time, data=payload)
    sent = protection(record(about.raw_topic, value))
    event = orjson.loads(sent.value)
    assert sent.reason is None
    assert event["data"]["birth_date"] != born.isoformat()
    assert datetime.fromisoformat(event["time"]) == time.astimezone(UTC)
