"""A rejected event and its original."""

import base64
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgpulse_platform.errors import DamagedSealError, KeyringError
from orgpulse_platform.keyring import Keyring, create_keyring, load_keyring
from orgpulse_platform.keyring.document import REJECTED, new_document
from orgpulse_platform.keyring.rotation import rotate
from orgpulse_platform.rejected.event import read_rejected
from orgpulse_platform.rejected.journal import Journal, ReplayLine, State
from orgpulse_platform.rejected.original import Original, pack
from orgpulse_platform.rejected.resend import marked, replayed_from
from orgpulse_platform.rejected.shown import original_lines
from orgpulse_platform.rejected.stats import count_rejected
from orgpulse_schemas.reasons import Reason

ORIGINAL = Original(b'{"name":"Zanzibar"}', b"P000001", (("ce_id", b"1"), ("empty", None)))
ELSEWHERE = "raw.hr.pe-3/1/3@1577880000001"


def test_it_is_read_from_what_the_streams_wrote(make_event):
    event = make_event(ORIGINAL, path="/data/grade", reason="invalid_value", contract="org.hr.x.made.v1")
    assert event.reason is Reason.INVALID_VALUE
    assert (event.family, event.path, event.contract) == ("hr", "/data/grade", "org.hr.x.made.v1")
    assert event.raw_topic == "raw.hr.pe-3"
    assert event.arrived == datetime(2020, 1, 1, 12, tzinfo=UTC)
    assert event.meaning.replay_helps


def test_an_event_of_a_version_that_gave_no_identity_is_read_too(make_event, make_value):
    assert make_event(identity=None).identity is None
    assert read_rejected(make_value().replace(b'"identity"', b'"other"')).identity is None


@pytest.mark.parametrize(
    "change",
    [(b"org.platform.event.rejected.v1", b"x"), (b"unknown_contract", b"no_reason"), (b"raw.hr.pe-3/", b"")],
)
def test_what_is_no_rejected_event_is_passed_over(make_value, change):
    assert read_rejected(make_value().replace(*change)) is None


@pytest.mark.parametrize("value", [None, b"", b"{", b"[]", b'{"type": 1}'])
def test_any_other_record_is_passed_over(value):
    assert read_rejected(value) is None


def test_the_keyring_opens_the_original(make_event, keyring):
    assert make_event(ORIGINAL).open(keyring) == ORIGINAL


def test_another_keyring_does_not_and_says_so(make_event, tmp_path):
    other = create_keyring(tmp_path / "other.json")
    with pytest.raises(KeyringError, match="did not encrypt this rejected event"):
        make_event(ORIGINAL).open(other)


def test_an_original_opens_only_at_the_origin_that_it_was_sealed_for(make_event, keyring):
    with pytest.raises(KeyringError):
        make_event(ORIGINAL, origin=ELSEWHERE).open(keyring)


def test_what_was_sealed_and_is_no_frame_is_refused(make_event, keyring):
    event = make_event(ORIGINAL)
    key_id, sealed = keyring.encrypt_original(b'{"old": "form"}', event.origin)
    with pytest.raises(KeyringError, match="no original"):
        make_event(key_id=key_id, original=sealed).open(keyring)


def test_an_original_that_was_sealed_before_the_key_was_rotated_opens_with_its_own_key(
    make_event, settings, keyring
):
    event = make_event(ORIGINAL)
    rotate(settings, REJECTED)
    rotated = load_keyring(settings.folder.keyring)
    assert event.key_id == "rejected-1"
    assert event.open(rotated) == ORIGINAL
    newer = replace(event, sealed=rotated.encrypt_original(b"", event.origin)[1], key_id="rejected-2")
    with pytest.raises(KeyringError, match="lacks the key"):
        newer.open(keyring)


@given(data=st.data())
def test_whatever_bit_of_an_original_is_changed_it_is_refused_as_damaged(data):
    keyring = Keyring(new_document())
    origin = "raw.hr.pe-3/0/17@1577880000000"
    key_id, sealed = keyring.encrypt_original(pack(ORIGINAL), origin)
    content = bytearray(base64.b64decode(sealed))
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(DamagedSealError):
        keyring.decrypt_original(base64.b64encode(content).decode(), origin, key_id)


def test_a_replayed_record_says_where_it_was_rejected_first(make_event):
    headers = marked(ORIGINAL, ELSEWHERE)
    assert headers == [("ce_id", b"1"), ("orgpulse-replayed-from", ELSEWHERE.encode())]
    again = ORIGINAL._replace(headers=tuple(headers))
    assert replayed_from(make_event(), again) == ELSEWHERE
    assert marked(again, ELSEWHERE) == headers


@pytest.mark.parametrize("stated", [None, b"", b"\xff", b"Zanzibar", b"raw.finance.pe-5/0/1@1"])
def test_a_header_that_names_no_origin_of_the_topic_is_not_believed(make_event, stated):
    original = ORIGINAL._replace(headers=(("orgpulse-replayed-from", stated),))
    assert replayed_from(make_event(), original) is None


def test_a_terminal_takes_nothing_in_an_original_for_a_command():
    text = "\n".join(original_lines(Original(b"\x1b[2J\xff ok", b"\x07", (("\x9bname", None),))))
    assert text == "key: \\x07\nheader \\x9bname: (none)\nvalue:\n\\x1b[2J\\xff ok"


def test_events_are_counted_by_family_contract_reason_and_day(make_event):
    events = [
        make_event(offset=1),
        make_event(offset=2),
        make_event(offset=3, at="2020-01-02T00:00:00Z"),
        make_event(offset=4, reason="empty", path=""),
    ]
    line = ReplayLine(
        origin=events[0].origin,
        first=events[0].origin,
        run="r",
        state=State.SENT,
        at=datetime(2020, 1, 3, tzinfo=UTC),
    )
    counts = count_rejected(events, Journal([line]))
    assert [(one.reason.value, one.day.isoformat(), one.events, one.replayed) for one in counts] == [
        ("empty", "2020-01-01", 1, 0),
        ("unknown_contract", "2020-01-01", 2, 1),
        ("unknown_contract", "2020-01-02", 1, 0),
    ]
    document = counts[1].document()
    assert document["id"] == "hr/-/unknown_contract/2020-01-01"
    assert (document["mended_by"], document["replay_helps"]) == ("source system or platform", True)
