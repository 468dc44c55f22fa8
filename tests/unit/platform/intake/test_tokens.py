"""Tokens are shown once, stored as hashes, and belong to one system."""

import json
import stat
import threading
from pathlib import Path

import pytest

from orgpulse_platform.intake.tokens import (
    TokenBook,
    TokenFileError,
    UnknownSystemError,
    UnknownTokenError,
    create_token,
    read_tokens,
    revoke_token,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "intake-tokens.json"


def test_the_file_holds_no_token_and_only_its_owner_can_read_it(path: Path) -> None:
    _, first = create_token(path, "PE-3")
    _, second = create_token(path, "pe-3")
    assert first != second
    assert len(first) > 50
    for secret in (first, second):
        assert secret not in path.read_text()
        assert secret.removeprefix("orgpulse_") not in path.read_text()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_system_may_have_several_tokens_until_the_old_one_is_revoked(path: Path) -> None:
    old, old_token = create_token(path, "PE-3")
    _, new_token = create_token(path, "PE-3")
    _, other = create_token(path, "PR-2")
    book = TokenBook(path)
    assert [book.system_of(token).id for token in (old_token, new_token, other)] == ["PE-3", "PE-3", "PR-2"]  # type: ignore[union-attr]
    revoke_token(path, old.id)
    assert book.system_of(old_token) is None
    assert book.system_of(new_token) is not None


@pytest.mark.parametrize("presented", ["", "orgpulse_", "ü", "\udcff".encode("utf-8", "replace").decode()])
def test_what_is_no_token_belongs_to_nobody(path: Path, presented: str) -> None:
    create_token(path, "PE-3")
    assert TokenBook(path).system_of(presented) is None


def test_the_hash_itself_is_no_token(path: Path) -> None:
    stored, _ = create_token(path, "PE-3")
    assert TokenBook(path).system_of(stored.sha256) is None


def test_without_a_file_nobody_has_a_token(path: Path) -> None:
    assert read_tokens(path) == ()
    assert TokenBook(path).system_of("orgpulse_x") is None


@pytest.mark.parametrize("content", ["", "{", '{"tokens": 1}', '{"tokens": [{"id": "secret"}]}'])
def test_a_damaged_file_is_refused_without_being_shown(path: Path, content: str) -> None:
    create_token(path, "PE-3")
    path.write_text(content)
    with pytest.raises(TokenFileError) as caught:
        read_tokens(path)
    assert caught.value.__context__ is None
    assert "secret" not in str(caught.value)


def test_a_file_that_others_can_read_is_refused(path: Path) -> None:
    create_token(path, "PE-3")
    path.chmod(0o640)
    with pytest.raises(TokenFileError, match="can be read by others"):
        create_token(path, "PE-3")


def test_unknown_systems_and_tokens_are_named(path: Path) -> None:
    with pytest.raises(UnknownSystemError, match="PE-3"):
        create_token(path, "XX-9")
    with pytest.raises(UnknownTokenError):
        revoke_token(path, "00000000")


def test_tokens_created_at_the_same_time_are_all_kept(path: Path) -> None:
    threads = [threading.Thread(target=create_token, args=(path, "PE-3")) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(read_tokens(path)) == 20
    assert {entry["system"] for entry in json.loads(path.read_text())["tokens"]} == {"PE-3"}
