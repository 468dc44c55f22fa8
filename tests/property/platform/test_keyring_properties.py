"""What holds for pseudonyms, event identities and sealed originals whatever is put in."""

import base64
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring import Keyring, create_keyring, load_keyring

MODEST = settings(deadline=None, max_examples=150)
text = st.text(max_size=40)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    create_keyring(path)
    return path


@pytest.fixture(scope="module")
def own_keyring(path: Path) -> Keyring:
    return load_keyring(path)


@MODEST
@given(text)
def test_pseudonym_is_the_same_each_time_and_for_each_reader(
    own_keyring: Keyring, path: Path, value: str
) -> None:
    assert own_keyring.pseudonym("person", value) == load_keyring(path).pseudonym("person", value)


@MODEST
@given(text, text)
def test_two_people_never_share_a_pseudonym(own_keyring: Keyring, one: str, other: str) -> None:
    assume(one != other)
    assert own_keyring.pseudonym("person", one) != own_keyring.pseudonym("person", other)


@MODEST
@given(text, text)
def test_identity_of_an_event_is_the_same_for_each_reader(
    own_keyring: Keyring, path: Path, source: str, id_: str
) -> None:
    assert own_keyring.event_identity(source, id_) == load_keyring(path).event_identity(source, id_)


@MODEST
@given(st.tuples(text, text), st.tuples(text, text))
def test_two_events_never_share_an_identity(
    own_keyring: Keyring, one: tuple[str, str], other: tuple[str, str]
) -> None:
    assume(one != other)
    assert own_keyring.event_identity(*one) != own_keyring.event_identity(*other)


@MODEST
@given(st.text(min_size=1, max_size=40), st.data())
def test_moving_the_border_between_source_and_id_makes_another_event(
    own_keyring: Keyring, both: str, data: st.DataObject
) -> None:
    """(a, bc) is not (ab, c)."""
    borders = st.integers(0, len(both))
    one, other = data.draw(borders), data.draw(borders)
    assume(one != other)
    first = own_keyring.event_identity(both[:one], both[one:])
    assert first != own_keyring.event_identity(both[:other], both[other:])


@MODEST
@given(text)
def test_pseudonym_and_event_identity_of_one_text_have_nothing_in_common(
    own_keyring: Keyring, value: str
) -> None:
    code = own_keyring.pseudonym("person", value).partition("~")[2].upper()
    digest = base64.b32decode(code + "=" * (-len(code) % 8))
    # The version of a UUID stands behind its first 48 bits, which are the digest's own.
    assert digest[:6] != own_keyring.event_identity("", value).bytes[:6]


@MODEST
@given(st.binary(max_size=500), text)
def test_sealed_original_is_opened_in_its_own_context(
    own_keyring: Keyring, original: bytes, context: str
) -> None:
    _, sealed = own_keyring.encrypt_original(original, context)
    assert own_keyring.decrypt_original(sealed, context) == original


@MODEST
@given(st.binary(max_size=100), text, text)
def test_sealed_original_is_not_opened_in_another_context(
    own_keyring: Keyring, original: bytes, context: str, other: str
) -> None:
    assume(context != other)
    _, sealed = own_keyring.encrypt_original(original, context)
    with pytest.raises(KeyringError):
        own_keyring.decrypt_original(sealed, other)


@MODEST
@given(st.binary(max_size=100), st.data())
def test_sealed_original_with_one_bit_changed_is_not_opened(
    own_keyring: Keyring, original: bytes, data: st.DataObject
) -> None:
    _, sealed = own_keyring.encrypt_original(original, "context")
    content = bytearray(base64.b64decode(sealed))
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(KeyringError):
        own_keyring.decrypt_original(base64.b64encode(content).decode(), "context")


@MODEST
@given(text)
def test_any_text_in_place_of_a_sealed_original_is_refused(own_keyring: Keyring, sealed: str) -> None:
    with pytest.raises(KeyringError):
        own_keyring.decrypt_original(sealed, "context")
