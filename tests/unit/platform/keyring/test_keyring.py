"""The keyring: what it refuses, and that it never shows a secret."""

import base64
import json
import resource
import stat
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring import PSEUDONYM_DOMAINS, Keyring, create_keyring, load_keyring

CONTEXT = "raw.hr.pe-3/0/17@1577836800000"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keyring.json"


@pytest.fixture
def own_keyring(path: Path) -> Keyring:
    return create_keyring(path)


def refusal(path: Path) -> KeyringError:
    with pytest.raises(KeyringError) as refused:
        load_keyring(path)
    assert refused.value.detail.startswith(str(path))
    return refused.value


def rewrite(path: Path, change: Any) -> None:
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


def secrets_in(path: Path) -> list[str]:
    content = json.loads(path.read_text())
    return [
        key["secret"]
        for keys in (*content["pseudonyms"].values(), content["identity"], content["rejected"])
        for key in keys
    ]


def everything_said(error: BaseException) -> str:
    said = [str(error), repr(error), repr(error.args), *traceback.format_exception(error)]
    if error.__context__ is not None:
        said.append(everything_said(error.__context__))
    return "\n".join(said)


class TestCreating:
    def test_new_keyring_is_readable_by_its_owner_only(self, own_keyring: Keyring, path: Path) -> None:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700

    def test_new_keyring_has_a_secret_of_its_own_for_each_use(self, own_keyring: Keyring, path: Path) -> None:
        secrets = secrets_in(path)
        assert len(set(secrets)) == len(secrets) == len(PSEUDONYM_DOMAINS) + 2
        assert all(len(bytes.fromhex(secret)) == 32 for secret in secrets)

    def test_two_keyrings_give_a_person_two_pseudonyms(self, own_keyring: Keyring, tmp_path: Path) -> None:
        other = create_keyring(tmp_path / "other.json")
        assert own_keyring.pseudonym("person", "P000001") != other.pseudonym("person", "P000001")
        assert own_keyring.event_identity("a", "b") != other.event_identity("a", "b")

    def test_created_keyring_is_the_one_that_is_loaded(self, own_keyring: Keyring, path: Path) -> None:
        again = load_keyring(path)
        assert again.pseudonym("person", "P000001") == own_keyring.pseudonym("person", "P000001")

    def test_existing_keyring_is_never_overwritten(self, own_keyring: Keyring, path: Path) -> None:
        before = path.read_bytes()
        with pytest.raises(KeyringError, match="exists already"):
            create_keyring(path)
        assert path.read_bytes() == before

    def test_folder_that_cannot_be_made_is_reported(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(KeyringError, match=r"file: File exists"):
            create_keyring(tmp_path / "file" / "keyring.json")

    def test_disk_that_is_full_leaves_no_half_keyring_behind(self, path: Path) -> None:
        with no_more_room(), pytest.raises(KeyringError, match="File too large"):
            create_keyring(path)
        assert not path.exists()
        assert create_keyring(path)


@contextmanager
def no_more_room() -> Iterator[None]:
    """No file of this process may grow, as if the disk were full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


class TestLoading:
    def test_missing_file_is_reported_with_what_to_do(self, path: Path) -> None:
        error = refusal(path)
        assert "No such file" in error.detail
        assert "orgpulse keyring create" in error.guidance

    def test_folder_in_its_place_is_reported(self, path: Path) -> None:
        path.mkdir(parents=True)
        assert "Is a directory" in refusal(path).detail

    @pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601])
    def test_keyring_that_others_reach_is_refused(self, own_keyring: Keyring, path: Path, mode: int) -> None:
        path.chmod(mode)
        assert "chmod 600" in refusal(path).detail

    @pytest.mark.parametrize(
        "change",
        [
            lambda content: content.pop("identity"),
            lambda content: content.pop("pseudonyms"),
            lambda content: content["rejected"][0].update(secret=content["rejected"][0]["secret"][:-1]),
            lambda content: content["rejected"][0].update(secret=content["rejected"][0]["secret"] + "0"),
            lambda content: content["identity"][0].update(secret="g" + content["identity"][0]["secret"][1:]),
            lambda content: content["identity"][0].update(id="Identity 1"),
            lambda content: content["identity"][0].pop("id"),
            lambda content: content.update(identity=content["identity"][0]["secret"]),
            lambda content: content.update(pseudonyms=content["identity"]),
            lambda content: content["rejected"].clear(),
            lambda content: content["identity"].append(dict(content["identity"][0], id="identity-2")),
            lambda content: content["rejected"].append(content["rejected"][0]),
            lambda content: content["rejected"][0].update(id="person-1"),
        ],
        ids=[
            "no identity key",
            "no pseudonym keys",
            "secret too short",
            "secret too long",
            "secret not hexadecimal",
            "id malformed",
            "no id",
            "key without id",
            "list of keys",
            "no version",
            "identity in two versions",
            "a version twice",
            "an id twice",
        ],
    )
    def test_damaged_keyring_is_refused_without_showing_a_secret(
        self, own_keyring: Keyring, path: Path, change: Any
    ) -> None:
        secrets = secrets_in(path)
        rewrite(path, change)
        error = refusal(path)
        assert "is no keyring file" in error.detail
        said = everything_said(error)
        assert not [secret for secret in secrets if secret[1:-1] in said]

    def test_keyring_cut_off_in_the_middle_is_refused(self, own_keyring: Keyring, path: Path) -> None:
        secrets = secrets_in(path)
        path.write_bytes(path.read_bytes()[:-40])
        said = everything_said(refusal(path))
        assert not [secret for secret in secrets if secret[:20] in said]

    @pytest.mark.parametrize("content", [b"", b"null", b"[]", b"\xff\xfe", b"{"])
    def test_file_that_is_no_keyring_is_refused(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(mode=0o700)
        path.write_bytes(content)
        path.chmod(0o600)
        assert "is no keyring file" in refusal(path).detail

    def test_keyring_without_the_key_of_a_domain_is_refused(self, own_keyring: Keyring, path: Path) -> None:
        rewrite(path, lambda content: content["pseudonyms"].pop("person"))
        assert "has no key for pseudonym person" in refusal(path).detail


class TestSecrets:
    def test_keyring_shows_no_secret_of_any_key(self, own_keyring: Keyring, path: Path) -> None:
        shown = f"{own_keyring!r} {own_keyring} {vars(own_keyring)} {[own_keyring]}"
        assert repr(own_keyring) == "Keyring(...)"
        assert not [secret for secret in secrets_in(path) if secret in shown]

    def test_products_hold_neither_the_value_nor_the_key(self, own_keyring: Keyring, path: Path) -> None:
        products = (
            own_keyring.pseudonym("person", "P000001"),
            str(own_keyring.event_identity("urn:system", "P000001")),
            *own_keyring.encrypt_original(b"P000001", CONTEXT),
        )
        assert not [product for product in products if "P000001" in product]
        assert not [product for product in products for secret in secrets_in(path) if secret in product]


class TestProducts:
    def test_pseudonym_names_its_key_and_fits_no_person_number(self, own_keyring: Keyring) -> None:
        key_id, _, code = own_keyring.pseudonym("person", "P000001").partition("~")
        assert key_id == "person-1"
        assert len(code) == 26
        assert set(code) <= set("abcdefghijklmnopqrstuvwxyz234567")

    def test_domain_without_key_has_no_pseudonyms(self, own_keyring: Keyring) -> None:
        with pytest.raises(KeyError):
            own_keyring.pseudonym("donor", "D0001")

    def test_same_secret_in_two_domains_gives_two_pseudonyms(self, own_keyring: Keyring, path: Path) -> None:
        secret = json.loads(path.read_text())["pseudonyms"]["person"][0]["secret"]
        donor = [{"id": "donor-1", "secret": secret}]
        rewrite(path, lambda content: content["pseudonyms"].update(donor=donor))
        two = load_keyring(path)
        assert two.pseudonym("person", "X1") != two.pseudonym("donor", "X1")

    def test_event_identity_is_a_uuid_of_the_applications_own_making(self, own_keyring: Keyring) -> None:
        identity = own_keyring.event_identity("urn:system", "a-1")
        assert identity.version == 8
        assert identity.variant == "specified in RFC 4122"

    def test_original_is_sealed_differently_each_time(self, own_keyring: Keyring) -> None:
        assert own_keyring.encrypt_original(b"x", CONTEXT) != own_keyring.encrypt_original(b"x", CONTEXT)

    def test_original_of_another_keyring_is_not_opened(self, own_keyring: Keyring, tmp_path: Path) -> None:
        _, sealed = create_keyring(tmp_path / "other.json").encrypt_original(b"original", CONTEXT)
        with pytest.raises(KeyringError, match="did not encrypt this rejected event"):
            own_keyring.decrypt_original(sealed, CONTEXT)

    @pytest.mark.parametrize("sealed", ["", "AAAA", "not base64!", "é", base64.b64encode(bytes(40)).decode()])
    def test_damaged_original_is_refused_as_such(self, own_keyring: Keyring, sealed: str) -> None:
        with pytest.raises(KeyringError, match="did not encrypt this rejected event"):
            own_keyring.decrypt_original(sealed, CONTEXT)
