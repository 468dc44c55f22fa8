"""Where keyrings come from, and that another one than before is refused before the first event."""

import json
import os
import pickle
import resource
import shlex
import sys

import pytest

from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring import create_keyring, load_keyring, open_keyring
from orgpulse_platform.keyring.document import PSEUDONYM, Use
from orgpulse_platform.keyring.opening import WrongKeyringError
from orgpulse_platform.keyring.rotation import create, create_first, rotate
from orgpulse_platform.settings import KeyringSettings

SAMPLE = ("person", "P000001")


def coming_from(settings, **keyring):
    return settings.model_copy(update={"keyring": KeyringSettings(**keyring)})


@pytest.fixture
def stored(tmp_path):
    """A keyring that lies outside of the state folder."""
    create_keyring(tmp_path / "store" / "keyring.json")
    return tmp_path / "store" / "keyring.json"


def test_a_file_elsewhere(settings, stored):
    opened = open_keyring(coming_from(settings, file=stored))
    assert opened.pseudonym(*SAMPLE) == load_keyring(stored).pseudonym(*SAMPLE)


def test_an_environment_variable(settings, stored, monkeypatch):
    there = coming_from(settings, source="environment")
    with pytest.raises(KeyringError, match="ORGPULSE_KEYRING_DOCUMENT is not set"):
        open_keyring(there)
    monkeypatch.setenv("ORGPULSE_KEYRING_DOCUMENT", stored.read_text())
    assert open_keyring(there).pseudonym(*SAMPLE) == load_keyring(stored).pseudonym(*SAMPLE)


def test_the_command_of_a_secret_store(settings, stored):
    script = f"print(open({str(stored)!r}).read())"
    there = coming_from(settings, source="command", command=shlex.join([sys.executable, "-c", script]))
    assert open_keyring(there).pseudonym(*SAMPLE) == load_keyring(stored).pseudonym(*SAMPLE)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (f"{sys.executable} -c 'import sys; sys.exit(\"Zanzibar\")'", "exit code 1"),
        (f"{sys.executable} -c 'print(\"Zanzibar\")'", "is no keyring"),
        ("no-such-program-here Zanzibar", "No such file"),
        ("program 'Zanzibar", "quotation mark"),
    ],
)
def test_a_command_that_fails_is_reported_without_what_it_said(settings, command, said):
    with pytest.raises(KeyringError, match=said) as refused:
        open_keyring(coming_from(settings, source="command", command=command))
    assert "Zanzibar" not in str(refused.value)


def test_a_folder_with_a_file_for_each_key(settings, stored, tmp_path):
    folder = tmp_path / "mounted"
    folder.mkdir()
    document = json.loads(stored.read_text())
    for domain, (key,) in document["pseudonyms"].items():
        (folder / f"pseudonym.{domain}.1").write_text(key["secret"] + "\n")
    for name in ("identity", "rejected"):
        (folder / f"{name}.1").write_text(document[name][0]["secret"])
    (folder / "rejected.2").write_text("0" * 64)
    (folder / "README").write_text("not a key")
    there = coming_from(settings, source="folder", folder=folder)
    with pytest.raises(KeyringError, match="chmod 600"):
        open_keyring(there)
    for file in folder.iterdir():
        file.chmod(0o400)
    opened = open_keyring(there)
    assert opened.check_values() != load_keyring(stored).check_values()
    assert opened.pseudonym(*SAMPLE) == load_keyring(stored).pseudonym(*SAMPLE)
    assert opened.encrypt_original(b"x", "")[0] == "rejected-2"
    (folder / "identity.1").chmod(0o600)
    (folder / "identity.1").write_text("not a key")
    with pytest.raises(KeyringError, match="is no keyring") as refused:
        open_keyring(there)
    assert "0000" not in str(refused.value)


@pytest.mark.parametrize("source", ["folder", "command"])
def test_a_source_that_is_not_named_is_asked_for(settings, source):
    with pytest.raises(KeyringError, match=f"ORGPULSE_KEYRING__{source.upper()} is not set"):
        open_keyring(coming_from(settings, source=source))


def test_another_keyring_than_before_is_refused(settings, keyring, tmp_path):
    open_keyring(settings)
    create_keyring(tmp_path / "other.json")
    (tmp_path / "other.json").replace(settings.folder.keyring)
    with pytest.raises(WrongKeyringError, match="another key under the id"):
        open_keyring(settings)


def test_a_keyring_from_before_the_rotation_is_refused(settings, keyring):
    older = settings.folder.keyring.read_bytes()
    rotate(settings, Use(PSEUDONYM, "person"))
    open_keyring(settings)
    settings.folder.keyring.write_bytes(older)
    with pytest.raises(WrongKeyringError, match="lacks the key person-2"):
        open_keyring(settings)


def test_keys_in_another_order_are_refused(settings, keyring):
    rotate(settings, Use(PSEUDONYM, "person"))
    open_keyring(settings)
    document = json.loads(settings.folder.keyring.read_text())
    document["pseudonyms"]["person"].reverse()
    settings.folder.keyring.write_text(json.dumps(document))
    with pytest.raises(WrongKeyringError, match="another order"):
        open_keyring(settings)


def test_a_rotated_keyring_is_the_same_keyring(settings, keyring):
    open_keyring(settings)
    rotate(settings, Use(PSEUDONYM, "person"))
    assert open_keyring(settings).newest_key("person") == "person-2"


def test_a_record_that_is_damaged_is_not_overlooked(settings, keyring):
    open_keyring(settings)
    settings.folder.keyring_check.write_text("{")
    with pytest.raises(WrongKeyringError, match="damaged"):
        open_keyring(settings)


def test_the_record_tells_nothing_of_a_key(settings, keyring):
    open_keyring(settings)
    recorded = settings.folder.keyring_check.read_text()
    document = json.loads(settings.folder.keyring.read_text())
    for versions in (*document["pseudonyms"].values(), document["identity"], document["rejected"]):
        assert versions[0]["secret"][:12] not in recorded
    assert settings.folder.keyring_check.stat().st_mode & 0o777 == 0o600


def test_a_keyring_that_was_lost_is_not_replaced_by_a_new_one(settings, keyring):
    open_keyring(settings)
    settings.folder.keyring.unlink()
    for make in (create, create_first):
        with pytest.raises(WrongKeyringError, match="is missing"):
            make(settings)


def test_an_open_keyring_is_not_pickled_nor_dumped_with_the_process(settings, keyring):
    before = resource.getrlimit(resource.RLIMIT_CORE)
    try:
        opened = open_keyring(settings)
        assert resource.getrlimit(resource.RLIMIT_CORE)[0] == 0
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, before)
    with pytest.raises(TypeError):
        pickle.dumps(opened)
    secret = json.loads(settings.folder.keyring.read_text())["identity"][0]["secret"]
    assert secret not in repr(opened._document) + opened._document.model_dump_json()


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become somebody else")
def test_somebody_else_cannot_read_the_keyring(settings, keyring):
    child = os.fork()
    if child == 0:
        os.setuid(65534)
        try:
            settings.folder.keyring.read_bytes()
        except PermissionError:
            os._exit(0)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
