"""Rotation: a person stays one person, an original stays readable, an event stays the same event."""

import json
import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from orgpulse_platform.cli.main import build_app
from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring import PSEUDONYM_DOMAINS, create_keyring, load_keyring
from orgpulse_platform.keyring.document import IDENTITY, PSEUDONYM, REJECTED, Use, new_document
from orgpulse_platform.keyring.keyring import Keyring
from orgpulse_platform.keyring.rotation import NotRotatedError, rotate, with_newer_key

PERSON = Use(PSEUDONYM, "person")
CONTEXT = "raw.hr.pe-3/0/17@1577836800000"


@pytest.fixture
def rotated(settings, keyring):
    rotate(settings, PERSON)
    return load_keyring(settings.folder.keyring)


def test_a_pseudonym_is_renewed_to_the_one_that_the_identifier_has_now(keyring, rotated):
    old, new = keyring.pseudonym("person", "P000001"), rotated.pseudonym("person", "P000001")
    assert (old[:9], new[:9]) == ("person-1~", "person-2~")
    assert old[9:] != new[9:]
    assert rotated.renew("person", old) == rotated.renew("person", new) == new


def test_whoever_looks_for_a_person_gets_every_pseudonym_of_all_domains_and_versions(keyring, rotated):
    every = rotated.all_pseudonyms("P000001")
    assert set(every) == set(PSEUDONYM_DOMAINS)
    newest, oldest = every["person"]
    assert newest == rotated.pseudonym("person", "P000001")
    assert oldest == keyring.pseudonym("person", "P000001")
    assert every["case"] == (keyring.pseudonym("case", "P000001"),)


@given(st.integers(1, 4), st.text(min_size=1, max_size=20), st.text(min_size=1, max_size=20))
def test_however_often_it_is_rotated_people_neither_split_nor_merge(times, one, other):
    rings = [Keyring(document := new_document())]
    for _ in range(times):
        rings.append(Keyring(document := with_newer_key(PERSON, document)))
    newest = rings[-1]
    renewed = {newest.renew("person", ring.pseudonym("person", one)) for ring in rings}
    assert renewed == {newest.pseudonym("person", one)}
    assert set(newest.pseudonyms("person", one)) == {ring.pseudonym("person", one) for ring in rings}
    assert one == other or not set(newest.pseudonyms("person", one)) & set(newest.pseudonyms("person", other))


def test_whoever_knows_the_old_key_alone_cannot_make_the_new_pseudonym(settings, keyring, rotated, tmp_path):
    document = json.loads(settings.folder.keyring.read_text())
    stolen = document["pseudonyms"]["person"][0]
    document["pseudonyms"]["person"][1] = {"id": "person-2", "secret": stolen["secret"]}
    settings.folder.keyring.write_text(json.dumps(document))
    guess = load_keyring(settings.folder.keyring)
    assert guess.pseudonym("person", "P000001") != rotated.pseudonym("person", "P000001")


@pytest.mark.parametrize("unknown", ["P000001", "person-7~abc", "", "case-1~abc"])
def test_what_no_key_of_the_domain_made_is_not_renewed_and_not_repeated(rotated, unknown):
    with pytest.raises(KeyringError) as refused:
        rotated.renew("person", unknown)
    assert not unknown or unknown not in str(refused.value)


def test_events_keep_their_identity_when_pseudonyms_rotate(keyring, rotated):
    assert rotated.event_identity("urn:system", "1") == keyring.event_identity("urn:system", "1")


def test_the_identity_key_is_not_rotated(settings, keyring):
    before = settings.folder.keyring.read_bytes()
    with pytest.raises(NotRotatedError, match="sent twice"):
        rotate(settings, IDENTITY)
    assert settings.folder.keyring.read_bytes() == before


@pytest.mark.parametrize(
    "use", [Use("pseudonym"), Use("pseudonym", "donor"), Use("x"), Use("rejected", "hr")]
)
def test_a_use_that_does_not_exist_is_not_rotated(settings, keyring, use):
    with pytest.raises(NotRotatedError, match="there is no key"):
        rotate(settings, use)


def test_originals_of_an_older_key_are_opened_by_it_and_new_ones_sealed_by_the_newest(settings, keyring):
    old_id, old = keyring.encrypt_original(b"old", CONTEXT)
    rotate(settings, REJECTED)
    rotated = load_keyring(settings.folder.keyring)
    new_id, new = rotated.encrypt_original(b"new", CONTEXT)
    assert (old_id, new_id) == ("rejected-1", "rejected-2")
    assert rotated.decrypt_original(old, CONTEXT, old_id) == b"old"
    assert rotated.decrypt_original(new, CONTEXT, new_id) == b"new"
    with pytest.raises(KeyringError, match="did not encrypt"):
        rotated.decrypt_original(old, CONTEXT, new_id)
    with pytest.raises(KeyringError, match="lacks the key"):
        keyring.decrypt_original(new, CONTEXT, new_id)


def test_a_keyring_from_before_versions_is_read_and_rotated(settings, keyring):
    path = settings.folder.keyring
    document = json.loads(path.read_text())
    document["pseudonyms"] = {domain: keys[0] for domain, keys in document["pseudonyms"].items()}
    document |= {name: document[name][0] for name in ("identity", "rejected")}
    path.write_text(json.dumps(document))
    assert load_keyring(path).pseudonym("person", "P1") == keyring.pseudonym("person", "P1")
    assert rotate(settings, PERSON) == "person-2"
    assert load_keyring(path).pseudonyms("person", "P1")[1] == keyring.pseudonym("person", "P1")


def test_a_rotated_keyring_stays_its_owners(settings, rotated):
    assert stat.S_IMODE(settings.folder.keyring.stat().st_mode) == 0o600
    assert [path.name for path in settings.folder.root.iterdir()] == ["keyring.json"]


def test_a_domain_that_is_new_gets_its_first_key(settings, keyring):
    path = settings.folder.keyring
    document = json.loads(path.read_text())
    del document["pseudonyms"]["case"]
    path.write_text(json.dumps(document))
    with pytest.raises(KeyringError, match="`orgpulse keyring rotate pseudonym case` adds one"):
        load_keyring(path)
    assert rotate(settings, Use(PSEUDONYM, "case")) == "case-1"
    assert load_keyring(path).pseudonym("person", "P1") == keyring.pseudonym("person", "P1")


def run(settings, *arguments):
    environment = {"ORGPULSE_STATE": str(settings.folder.root)}
    return CliRunner().invoke(build_app(), ["keyring", *arguments], env=environment)


def test_the_commands_show_ids_and_never_a_key(settings):
    for arguments in (["create"], ["show"], ["rotate", "pseudonym", "person"], ["show", "--json"], ["check"]):
        answer = run(settings, *arguments)
        assert answer.exit_code == 0, answer.output
        document = json.loads(settings.folder.keyring.read_text())
        keys = [*document["pseudonyms"].values(), document["identity"], document["rejected"]]
        assert not [key for versions in keys for key in versions if key["secret"] in answer.output]
    shown = json.loads(run(settings, "show", "--json").stdout)
    assert {one["id"]: one["keys"] for one in shown}["pseudonym/person"] == ["person-1", "person-2"]


def test_a_keyring_from_a_secret_store_is_rotated_into_a_file(settings, tmp_path, monkeypatch):
    create_keyring(stored := tmp_path / "stored.json")
    monkeypatch.setenv("ORGPULSE_KEYRING_DOCUMENT", stored.read_text())
    monkeypatch.setenv("ORGPULSE_KEYRING__SOURCE", "environment")
    refused = run(settings, "rotate", "rejected")
    assert isinstance(refused.exception, KeyringError)
    assert "--to FILE" in str(refused.exception)
    assert run(settings, "rotate", "rejected", "--to", str(tmp_path / "next.json")).exit_code == 0
    after = load_keyring(tmp_path / "next.json").check_values()
    assert list(after[REJECTED]) == ["rejected-1", "rejected-2"]
    assert after[PERSON] == load_keyring(stored).check_values()[PERSON]
