"""Files let go of a person: rows where there are rows, else the file; what cannot be cleared is named."""

import zipfile

import duckdb
import pytest

from orgpulse_pipelines.subjects.files import find_in_files
from orgpulse_pipelines.subjects.subject import subject_of
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.inbox.folder import LOCK_NAME
from orgpulse_platform.publisher.record import Record
from orgpulse_platform.publisher.spool import Spool

PERSON, OTHER = "P000042", "P0000421"


@pytest.fixture
def subject(keyring):
    return subject_of(keyring, PERSON)


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "exports"
    made.mkdir(mode=0o700)
    return made


@pytest.fixture
def clear(settings, subject, folder):
    """Erases what is found in the folder; what was found, and what is left."""

    def clear():
        hits = list(find_in_files(settings, [folder], subject))
        for hit in hits:
            if hit.erase is not None:
                hit.erase()
        left = [hit.finding for hit in find_in_files(settings, [folder], subject)]
        return [hit.finding for hit in hits], left

    return clear


def test_rows_leave_a_text_file_and_those_of_others_stay(folder, clear):
    file = folder / "staff.csv"
    file.write_text(f'id,note\n{PERSON},"two\nlines"\n{OTHER},kept\n"{PERSON}",x\n')
    found, left = clear()
    assert [(one.place, one.entries) for one in found] == [("exports/staff.csv", 2)]
    assert file.read_text() == f"id,note\n{OTHER},kept\n"
    assert left == []


def test_file_without_rows_leaves_as_a_whole(folder, clear):
    with zipfile.ZipFile(folder / "staff.xlsx", "w", zipfile.ZIP_DEFLATED) as sheet:
        sheet.writestr("xl/sharedStrings.xml", f"<t>{PERSON}</t>")
    with duckdb.connect() as connection:
        connection.execute(f"copy (select '{PERSON}' as id) to '{folder}/staff.parquet'")
    with duckdb.connect(str(folder / "staff.duckdb")) as connection:
        connection.execute(f"create table staff as select '{PERSON}' as id")
    (folder / "wide.csv").write_text(f"id\n{PERSON}\n", encoding="utf-16")
    found, left = clear()
    assert len(found) == 4
    assert left == []
    assert list(folder.iterdir()) == []


def test_file_named_after_the_person_leaves_and_is_not_named(folder, clear):
    (folder / f"{PERSON}.csv").write_text("nothing")
    found, left = clear()
    assert [one.place for one in found] == ["exports/(the person).csv"]
    assert left == []


def test_files_of_others_are_left_alone(folder, clear):
    (folder / "staff.csv").write_text(f"{OTHER}\n")
    (folder / "empty.csv").write_text("")
    assert clear() == ([], [])
    assert (folder / "staff.csv").exists()


def test_file_that_an_inbox_is_publishing_has_to_wait(folder, clear):
    (folder / "processing").mkdir()
    (folder / LOCK_NAME).touch()
    (folder / "processing" / "staff.csv").write_text(PERSON)
    _, left = clear()
    assert [one.note for one in left] == ["an inbox is publishing it: wait until it is done"]


def test_file_that_cannot_be_read_is_named(folder, clear):
    (folder / "broken.parquet").write_bytes(b"PAR1 and nothing else")
    found, left = clear()
    assert [one.entries for one in found] == [-1]
    assert left == found


def test_waiting_events_leave_a_spool_and_those_of_others_stay(folder, clear):
    spool = Spool(folder, 1_000_000)
    records = [Record("raw.hr.pe-3", who.encode(), b"{}", f"id-{who}") for who in (PERSON, OTHER, PERSON)]
    spool.append(records)
    spool.close()
    found, left = clear()
    assert [one.entries for one in found] == [2]
    assert left == []
    again = Spool(folder, 1_000_000)
    assert [one.record.key for one in again.oldest(10, 10_000)] == [OTHER.encode()]
    again.close()
    assert PERSON.encode() + b"i" not in b"".join(path.read_bytes() for path in folder.iterdir())


@pytest.mark.parametrize("key", [None, bytes(32)])
def test_spool_that_nobody_else_may_open_is_named(folder, clear, key):
    spool = Spool(folder, 1_000_000, key)
    spool.append([Record("raw.hr.pe-3", PERSON.encode(), b"{}", "id")])
    if key:
        spool.close()
    _, left = clear()
    assert [one.entries for one in left] == [-1]
    if not key:
        spool.close()


def test_logs_of_the_platform_are_cleared_and_anything_else_is_named(settings, clear):
    logs = settings.folder.prepare(settings.folder.logs)
    (logs / "worker.log").write_text(f"good\nbad {PERSON}\n")
    (settings.folder.root / "odd.json").write_text(PERSON)
    found, left = clear()
    assert {one.place for one in found} == {"logs/worker.log", "odd.json"}
    assert [one.place for one in left] == ["odd.json"]
    assert (logs / "worker.log").read_text() == "good\n"


def test_folder_that_is_not_there_is_refused(settings, subject, tmp_path):
    with pytest.raises(StateFolderError, match="no such folder"):
        list(find_in_files(settings, [tmp_path / "nothing"], subject))


@pytest.mark.parametrize("place", [".", "..", "warehouse"])
def test_state_folder_is_no_folder_of_exports(settings, subject, place):
    settings.folder.prepare(settings.folder.root / "warehouse")
    with pytest.raises(StateFolderError, match="searched anyway"):
        list(find_in_files(settings, [settings.folder.root / place], subject))
