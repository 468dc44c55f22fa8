"""Files on the way through an inbox into a real Kafka, on good days and bad ones."""

import os
import re
import resource
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import orjson
import pytest
from kafka import TopicPartition

from orgpulse_platform.clients import consumer
from orgpulse_platform.errors import BrokerUnavailableError
from orgpulse_platform.inbox.errors import FileChangedError, ReportWriteError
from orgpulse_platform.inbox.folder import InboxFolder
from orgpulse_platform.inbox.watch import Inbox, Pass
from orgpulse_platform.ledger import read
from orgpulse_platform.mapping.run import Progress
from orgpulse_platform.settings import Settings
from orgpulse_schemas.cloudevents import CloudEvent, parse

pytestmark = pytest.mark.kafka

ENVIRONMENT = "raw.environment.pr-3"
PEOPLE = "raw.hr.pe-3"
VISITORS = """\
name: visitors
description: Facilities.
contract: org.environment.facility_inventory.reported.v1
files: ["visitors*.csv"]
time: {template: "2019-12-31"}
identity: [site]
fields:
  facility_id: site
  facility_name: {column: name, empty: null}
  year: {constant: 2019}
"""
ENERGY = """\
name: energy
description: Electricity.
contract: org.environment.facility_inventory.reported.v1
format: FORMAT
time: {template: "2019-12-31"}
identity: [Gebäude]
fields:
  facility_id: Gebäude
  year: {constant: 2019}
  electricity: kWh
"""
APPRAISALS = """\
name: appraisals_export
description: Appraisals.
contract: org.hr.appraisal.completed.v1
format: {encoding: cp1252, delimiter: ";", empty_cells: ["-"]}
time: {column: terminé, format: "%d.%m.%Y %H:%M", zone: Europe/Zurich}
identity: [personne]
fields:
  personnel_id: personne
  cycle: {constant: "2019"}
  due_on: {column: échéance, format: "%d.%m.%Y"}
  completed_on: {column: fin, format: "%d-%b-%y"}
  multi_rater: {column: multi, map: {oui: true, non: false}}
  aligned_to_corporate_goal: {constant: true}
  comments: {column: remarques, empty: null}
"""
GERMAN = '{encoding: latin-1, delimiter: ";", decimal_separator: ",", thousands_separator: "."}'
FRENCH = '{delimiter: "|", decimal_separator: ",", thousands_separator: " "}'
POLL_S = 0.2


@contextmanager
def no_bar(_: str) -> Iterator[Progress]:
    yield lambda _position, _total: None


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[InboxFolder]:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "visitors.yaml").write_text(VISITORS)
    root = tmp_path / "inbox"
    root.mkdir()
    found = InboxFolder(root)
    with found.opened():
        yield found


@pytest.fixture
def shared_kafka(kafka: Any, tmp_path: Path) -> Settings:
    """The broker with whatever other tests left on it."""
    found: Settings = kafka.settings(tmp_path / "state")
    return found


def inbox(folder: InboxFolder, settings: Settings, bar: Any = no_bar) -> Inbox:
    return Inbox(folder, folder.root.parent / "mappings", settings, POLL_S, bar)


def once(folder: InboxFolder, settings: Settings, bar: Any = no_bar) -> Pass:
    return inbox(folder, settings, bar).once()


def put(folder: InboxFolder, place: str, content: str | bytes) -> Path:
    path = folder.root / place
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows(count: int) -> str:
    return "site,name\n" + "".join(f"F{number:06},Canary {number}\n" for number in range(count))


def report(folder: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((folder / f"{name}.report.json").read_bytes())
    return found


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir()}


def events(settings: Settings, topic: str = ENVIRONMENT) -> list[CloudEvent]:
    """Everything on a topic."""
    reader = consumer(settings.kafka)
    try:
        parts = [TopicPartition(topic, part) for part in reader.partitions_for_topic(topic)]
        reader.assign(parts)
        reader.seek_to_beginning()
        ends = reader.end_offsets(parts)
        found: list[CloudEvent] = []
        while any(reader.position(part) < end for part, end in ends.items()):
            for batch in reader.poll(timeout_ms=1000).values():
                found += [parse(record.value) for record in batch]
        return found
    finally:
        reader.close()


def payloads(settings: Settings, topic: str = ENVIRONMENT) -> list[dict[str, Any]]:
    found = [orjson.loads(event.data) for event in events(settings, topic)]
    return sorted(found, key=lambda data: str(data.get("facility_id") or data.get("personnel_id")))


def environment(settings: Settings) -> dict[str, str]:
    return {
        **os.environ,
        "ORGPULSE_STATE": str(settings.state),
        "ORGPULSE_KAFKA__BOOTSTRAP_SERVERS": str(settings.kafka.bootstrap_servers),
    }


def command(root: Path, *options: str) -> list[str]:
    mappings = str(root.parent / "mappings")
    run = [sys.executable, "-m", "orgpulse_platform.cli.main", "inbox", "run", str(root)]
    return [*run, "--mappings", mappings, "--poll", str(POLL_S), *options]


def wait_until(condition: Callable[[], bool], timeout_s: float = 60) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {timeout_s} s"
        time.sleep(0.02)


# --- Good days --------------------------------------------------------------------------------------


def test_file_of_good_rows_ends_in_done_with_its_report(clean_kafka: Settings, folder: InboxFolder) -> None:
    put(folder, "visitors_2019.csv", rows(3))
    found = once(folder, clean_kafka)
    assert found.errors == []
    assert names(folder.done) == {f"visitors_2019.csv{end}" for end in ("", ".report.json", ".report.txt")}
    assert names(folder.failed) == names(folder.processing) == set()
    account = report(folder.done, "visitors_2019.csv")
    assert (account["state"], account["published"], account["seen_before"]) == ("done", 3, False)
    assert [data["facility_id"] for data in payloads(clean_kafka)] == ["F000000", "F000001", "F000002"]


def test_refused_row_sends_the_file_to_failed_and_the_good_rows_to_kafka(
    clean_kafka: Settings, folder: InboxFolder
) -> None:
    put(folder, "visitors/Anna Quillfeather.csv", "site,name\nF0001,Lima\nZyx,Kanarienvogel\nF0003,Quito\n")
    found = once(folder, clean_kafka)
    account = report(folder.failed / "visitors", "Anna Quillfeather.csv")
    assert (account["state"], account["rows"], account["published"]) == ("failed", 3, 2)
    assert [(row["line"], row["field"], row["reason"]) for row in account["refused"]] == [
        (3, "facility_id", "invalid_value")
    ]
    assert len(events(clean_kafka)) == 2
    text = (folder.failed / "visitors" / "Anna Quillfeather.csv.report.txt").read_text()
    said = text + orjson.dumps(account).decode() + found.accounts[0].summary()
    assert not [word for word in ("Anna", "Zyx", "Kanarienvogel", "Lima") if word in said]


def test_same_file_under_any_name_changes_nothing_and_is_recognised(
    clean_kafka: Settings, folder: InboxFolder
) -> None:
    put(folder, "visitors_2019.csv", rows(5))
    once(folder, clean_kafka)
    first = {event.id for event in events(clean_kafka)}
    put(folder, "visitors_2019.csv", rows(5))
    put(folder, "visitors_copy.csv", rows(5))
    once(folder, clean_kafka)
    assert {event.id for event in events(clean_kafka)} == first
    assert {name for name in names(folder.done) if name.endswith(".csv")} == {
        "visitors_2019.csv",
        "visitors_2019-2.csv",
        "visitors_copy.csv",
    }
    for name in ("visitors_2019-2.csv", "visitors_copy.csv"):
        assert report(folder.done, name)["seen_before"] is True
    assert len({entry.dataset for entry in read(clean_kafka.folder.ledger)}) == 1


def test_files_without_exactly_one_mapping_fail_and_say_so(
    clean_kafka: Settings, folder: InboxFolder
) -> None:
    mappings = folder.root.parent / "mappings"
    (mappings / "guests.yaml").write_text(VISITORS.replace("name: visitors", "name: guests", 1))
    for place in ("other.csv", "visitors.csv", "nothing_so_named/visitors.csv"):
        put(folder, place, rows(1))
    once(folder, clean_kafka)
    found = {
        name: report(folder.failed, name)["problem"]["reason"]
        for name in ("other.csv", "visitors.csv", "nothing_so_named/visitors.csv")
    }
    assert found == {
        "other.csv": "no_mapping",
        "visitors.csv": "several_mappings",
        "nothing_so_named/visitors.csv": "no_mapping",
    }
    assert events(clean_kafka) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("visitors.csv", b"", "unreadable: line 1 is no header"),
        ("visitors.csv", b"place,name\nF0001,Lima\n", "mapping_does_not_fit: .*no column `site`"),
        ("visitors/a.xlsx", b"PK no workbook", "unreadable: it is no XLSX file"),
        ("visitors/a.pdf", b"%PDF-1.7", "unreadable: its name does not end in"),
    ],
)
def test_file_that_cannot_be_read_fails_and_says_why(
    shared_kafka: Settings, folder: InboxFolder, name: str, content: bytes, said: str
) -> None:
    put(folder, name, content)
    once(folder, shared_kafka)
    problem = report(folder.failed, name)["problem"]
    assert re.match(said, f"{problem['reason']}: {problem['detail']}")


def test_header_without_rows_is_a_good_file(shared_kafka: Settings, folder: InboxFolder) -> None:
    put(folder, "visitors.csv", "site,name\n")
    once(folder, shared_kafka)
    assert report(folder.done, "visitors.csv")["rows"] == 0


# --- Files as systems write them ----------------------------------------------------------------------


def test_western_text_with_semicolons_and_swiss_dates(clean_kafka: Settings, folder: InboxFolder) -> None:
    (folder.root.parent / "mappings" / "appraisals.yml").write_text(APPRAISALS, encoding="utf-8")
    lines = [
        "personne;échéance;fin;terminé;multi;remarques",
        "P000001;31.03.2020;15-Mar-20;15.03.2020 09:30;oui;déjà vu",
        "P000002;31.03.2020;30-Jun-20;30.06.2020 00:30;non;-",
    ]
    put(folder, "appraisals_export/export.csv", "\r\n".join(lines).encode("cp1252"))
    found = once(folder, clean_kafka)
    assert [account.state.value for account in found.accounts] == ["done"]
    first, second = payloads(clean_kafka, PEOPLE)
    assert (first["comments"], first["completed_on"], first["due_on"]) == (
        "déjà vu",
        "2020-03-15",
        "2020-03-31",
    )
    assert second["comments"] is None
    times = sorted(event.time.isoformat() for event in events(clean_kafka, PEOPLE))
    assert times == ["2020-03-15T08:30:00+00:00", "2020-06-29T22:30:00+00:00"]


def test_numbers_separators_and_encodings(clean_kafka: Settings, folder: InboxFolder) -> None:
    written = [
        ('{encoding: utf-16, delimiter: "\\t"}', "utf-16", "\t-1234.5"),
        (GERMAN, "latin-1", ";-1.234,5"),
        (FRENCH, "utf-8", "|-1\u202f234,5"),
        ('{thousands_separator: "\'"}', "utf-8-sig", ",-1'234.50"),
        ('{delimiter: ";", decimal_separator: ",", negative: trailing}', "utf-8", ";1234,5-"),
        ('{thousands_separator: ",", negative: parentheses}', "utf-8", ',"(1,234.50)"'),
    ]
    for number, (format, encoding, number_cell) in enumerate(written):
        name, facility, separator = f"energy_{number}", f"F000{number}", number_cell[0]
        mapping = ENERGY.replace("FORMAT", format).replace("name: energy", f"name: {name}")
        (folder.root.parent / "mappings" / f"{name}.yaml").write_text(mapping, encoding="utf-8")
        content = f"Gebäude{separator}kWh\n{facility}{number_cell}\n"
        put(folder, f"{name}/export.csv", content.encode(encoding))
    once(folder, clean_kafka)
    assert names(folder.failed) == set()
    assert [float(data["electricity"]) for data in payloads(clean_kafka)] == [-1234.5] * len(written)


def test_workbook_of_several_sheets(clean_kafka: Settings, folder: InboxFolder) -> None:
    mapping = ENERGY.replace("FORMAT", '{sheet: ["Energy *", Rest]}').replace("[Gebäude]", "[Gebäude, kWh]")
    (folder.root.parent / "mappings" / "energy.yaml").write_text(mapping, encoding="utf-8")
    book = openpyxl.Workbook()
    for title, table in {
        "Notes": [("Anna Quillfeather wrote this",)],
        "Energy 1": [("Gebäude", "kWh"), ("F0001", 1), ("F0002", 2)],
        "Rest": [("kWh", "Gebäude"), (3, "F0003"), (4, "Zyx")],
        "Energy 2": [("Gebäude", "kWh"), ("F0004", 5.5)],
        "Energy empty": [],
    }.items():
        sheet = book.create_sheet(title)
        for row in table:
            sheet.append(row)
    del book["Sheet"]
    content = BytesIO()
    book.save(content)
    put(folder, "energy/export.xlsx", content.getvalue())
    once(folder, clean_kafka)
    account = report(folder.failed, "energy/export.xlsx")
    assert (account["published"], account["refused_rows"]) == (4, 1)
    (refused,) = account["refused"]
    assert (refused["sheet"], refused["line"], refused["field"]) == (3, 3, "facility_id")
    found = {data["facility_id"]: data["electricity"] for data in payloads(clean_kafka)}
    assert found == {"F0001": "1", "F0002": "2", "F0003": "3", "F0004": "5.5"}


# --- Bad days -----------------------------------------------------------------------------------------


def test_half_written_file_is_not_read(clean_kafka: Settings, folder: InboxFolder) -> None:
    path = folder.root / "visitors.csv"
    with path.open("w") as file:
        file.write("site,name\nF0001,Lima\nF00")
        file.flush()
        found = once(folder, clean_kafka)
        assert (found.accounts, found.look.unfinished) == ([], 1)
        file.write("02,Quito\n")
    once(folder, clean_kafka)
    assert [data["facility_id"] for data in payloads(clean_kafka)] == ["F0001", "F0002"]


def test_file_that_is_written_while_it_is_read_is_read_again(
    shared_kafka: Settings, folder: InboxFolder
) -> None:
    @contextmanager
    def late_writer(_: str) -> Iterator[Progress]:
        with (folder.processing / "visitors.csv").open("a") as file:
            file.write("F999999,Quito\n")
        yield lambda _position, _total: None

    put(folder, "visitors.csv", rows(2))
    found = once(folder, shared_kafka, late_writer)
    assert [type(error) for error in found.errors] == [FileChangedError]
    assert names(folder.processing) == {"visitors.csv"}
    once(folder, shared_kafka)
    assert report(folder.done, "visitors.csv")["published"] == 3


@pytest.mark.parametrize("after", ["publishing", "a part of it"])
def test_killed_process_loses_nothing_and_doubles_nothing(
    clean_kafka: Settings, folder: InboxFolder, after: str
) -> None:
    count = 20_000
    put(folder, "visitors.csv", rows(count))
    pid = os.fork()
    if not pid:
        _die_while_publishing(folder, clean_kafka, after)
    assert os.WEXITSTATUS(os.waitpid(pid, 0)[1]) == 9
    assert names(folder.processing) == {"visitors.csv"}
    assert names(folder.done) == names(folder.failed) == set()
    once(folder, clean_kafka)
    assert report(folder.done, "visitors.csv")["published"] == count
    ids = Counter(event.id for event in events(clean_kafka))
    assert len(ids) == count
    assert {data["facility_id"] for data in payloads(clean_kafka)} == {f"F{n:06}" for n in range(count)}


def _die_while_publishing(folder: InboxFolder, settings: Settings, after: str) -> None:
    @contextmanager
    def bar(_: str) -> Iterator[Progress]:
        def progress(position: int, total: int | None) -> None:
            if after == "a part of it" and total is not None and position > total / 2:
                os._exit(9)

        yield progress
        os._exit(9)

    try:
        once(folder, settings, bar)
    finally:
        os._exit(1)


def test_kafka_gone_in_mid_file_keeps_the_file_until_it_is_back(
    throwaway_kafka: Callable[[], Any], folder: InboxFolder
) -> None:
    broker = throwaway_kafka()
    settings = broker.settings
    short = settings.kafka.model_copy(update={"request_timeout_ms": 2_000})
    settings = settings.model_copy(update={"kafka": short})
    killed = threading.Event()

    @contextmanager
    def bar(_: str) -> Iterator[Progress]:
        def progress(position: int, total: int | None) -> None:
            if not killed.is_set() and total is not None and position > total / 2:
                killed.set()
                broker.kill()

        yield progress

    put(folder, "visitors.csv", rows(10_000))
    put(folder, "visitors_other.csv", rows(1))
    found = once(folder, settings, bar)
    assert killed.is_set()
    assert len(found.errors) == 1
    assert isinstance(found.errors[0], BrokerUnavailableError)
    assert names(folder.processing) == {"visitors.csv"}
    assert (folder.root / "visitors_other.csv").exists()
    broker.start()
    found = once(folder, broker.settings)  # patient: its partitions need a leader first
    assert found.errors == []
    assert names(folder.done) >= {"visitors.csv", "visitors_other.csv"}
    assert report(folder.done, "visitors.csv")["published"] == 10_000
    assert len({event.id for event in events(settings)}) == 10_000


def test_full_disk_at_the_report_is_said_and_the_file_is_kept(
    shared_kafka: Settings, folder: InboxFolder
) -> None:
    put(folder, "visitors.csv", "site,name\n" + "".join(f"Zyx{number},\n" for number in range(500)))
    pid = os.fork()
    if not pid:  # a limit of its own: pytest writes files too
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
            (error,) = once(folder, shared_kafka).errors
            code = 7 if isinstance(error, ReportWriteError) and "visitors" not in str(error) else 2
        finally:
            os._exit(code)
    assert os.WEXITSTATUS(os.waitpid(pid, 0)[1]) == 7
    assert names(folder.processing) == {"visitors.csv"}
    assert names(folder.failed) == set()
    once(folder, shared_kafka)
    assert report(folder.failed, "visitors.csv")["refused_rows"] == 500


def test_link_is_left_where_it_is(clean_kafka: Settings, folder: InboxFolder, tmp_path: Path) -> None:
    secret = tmp_path / "visitors_secret.csv"
    secret.write_text(rows(2))
    (folder.root / "visitors_link.csv").symlink_to(secret)
    found = once(folder, clean_kafka)
    assert (found.accounts, found.look.links) == ([], 1)
    assert (folder.root / "visitors_link.csv").is_symlink()
    assert events(clean_kafka) == []


# --- The command --------------------------------------------------------------------------------------


def test_command_says_what_it_did_without_names_or_values(shared_kafka: Settings, tmp_path: Path) -> None:
    root = tmp_path / "inbox"
    (root / "visitors").mkdir(parents=True)
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "visitors.yaml").write_text(VISITORS)
    (root / "visitors" / "Quillfeather.csv").write_text("site,name\nF0001,Lima\nZyx,Kanarienvogel\n")
    result = subprocess.run(
        command(root, "--once", "--json"),
        env=environment(shared_kafka),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert result.returncode == 1
    (account,) = orjson.loads(result.stdout)
    assert (account["state"], account["published"], account["refused_rows"]) == ("failed", 1, 1)
    assert f"{account['id']}: failed, visitors, 1 of 2 rows published" in result.stderr
    said = result.stdout + result.stderr
    assert not [word for word in ("Quillfeather", "Zyx", "Kanarienvogel", "Lima") if word in said]


def test_command_watches_until_it_is_stopped(clean_kafka: Settings, tmp_path: Path) -> None:
    root = tmp_path / "inbox"
    root.mkdir()
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings" / "visitors.yaml").write_text(VISITORS)
    log = tmp_path / "log"
    with log.open("wb") as output:
        watcher = subprocess.Popen(command(root), env=environment(clean_kafka), stderr=output)
    try:
        wait_until(lambda: b"Watching" in log.read_bytes())
        for name in ("visitors_1.csv", "visitors_2.csv"):
            (root / name).write_text(rows(2))
            wait_until(lambda name=name: (root / "done" / name).exists())  # type: ignore[misc]
        second = subprocess.run(
            command(root),
            env=environment(clean_kafka),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert second.returncode == 1
        assert "Another `orgpulse inbox run`" in second.stderr
        assert watcher.poll() is None
    finally:
        watcher.terminate()
        watcher.wait(30)
    assert log.read_text().count("2 of 2 rows published") == 2
    assert "visitors_1" not in log.read_text()
    assert len({event.id for event in events(clean_kafka)}) == 2
