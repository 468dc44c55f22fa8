"""The register of erased people knows pseudonyms again and holds none."""

import pytest

from orgpulse_platform.erased import KEY, REGISTER, RegisterError, open_register, read_register
from orgpulse_platform.settings import Settings

PSEUDONYM = "person-1~abcdefghijklmnopqrstuvwxyz"
OTHER = "person-1~zzzzzzzzzzzzzzzzzzzzzzzzzz"


def test_nobody_was_erased_where_there_is_no_register(settings: Settings) -> None:
    assert read_register(settings.folder) is None


def test_a_pseudonym_is_known_again_by_the_next_process(settings: Settings) -> None:
    open_register(settings.folder).add([PSEUDONYM])
    found = read_register(settings.folder)
    assert found
    assert PSEUDONYM in found
    assert OTHER not in found


def test_neither_the_register_nor_its_key_holds_a_pseudonym(settings: Settings) -> None:
    open_register(settings.folder).add([PSEUDONYM])
    content = b"".join(path.read_bytes() for path in settings.folder.erasures.iterdir())
    assert PSEUDONYM.encode() not in content
    assert PSEUDONYM.partition("~")[2].encode() not in content


def test_a_pseudonym_stands_once_however_often_it_is_entered(settings: Settings) -> None:
    for _ in range(3):
        open_register(settings.folder).add([PSEUDONYM])
    assert len((settings.folder.erasures / REGISTER).read_text().split()) == 1


def test_a_line_that_a_kill_cut_off_is_replaced(settings: Settings) -> None:
    open_register(settings.folder).add([PSEUDONYM])
    register = settings.folder.erasures / REGISTER
    register.write_bytes(register.read_bytes() + b"0123abcd")
    open_register(settings.folder).add([OTHER])
    found = read_register(settings.folder)
    assert found
    assert PSEUDONYM in found
    assert OTHER in found


def test_register_without_its_key_is_refused_rather_than_forgotten(settings: Settings) -> None:
    open_register(settings.folder).add([PSEUDONYM])
    (settings.folder.erasures / KEY).unlink()
    with pytest.raises(RegisterError, match="erasures"):
        read_register(settings.folder)


def test_damaged_register_is_refused(settings: Settings) -> None:
    open_register(settings.folder).add([PSEUDONYM])
    (settings.folder.erasures / REGISTER).write_text("nothing of the kind\n")
    with pytest.raises(RegisterError, match="line 1"):
        read_register(settings.folder)


def test_files_are_for_their_owner_only(settings: Settings) -> None:
    open_register(settings.folder).add([PSEUDONYM])
    assert {path.stat().st_mode & 0o777 for path in settings.folder.erasures.iterdir()} == {0o600}
