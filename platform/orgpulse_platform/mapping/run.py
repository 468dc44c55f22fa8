"""From a file to the raw topics: reads row by row, publishes what fits, reports what does not."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from orgpulse_platform import ledger
from orgpulse_platform.mapping.check import check_columns, contract_of
from orgpulse_platform.mapping.errors import FileError
from orgpulse_platform.mapping.events import Event, RowMapper
from orgpulse_platform.mapping.load import LoadedMapping
from orgpulse_platform.mapping.readers.open import open_reader
from orgpulse_platform.mapping.readers.row import Reader
from orgpulse_platform.mapping.refusal import Refusal
from orgpulse_platform.mapping.report import RefusalSink, Report
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import Settings
from orgpulse_schemas.contract import About

Progress = Callable[[int, int | None], None]
"""Told how far the file has been read, and how long it is if that is known."""
PROGRESS_ROWS: Final = 500
"""Rows between two reports of progress."""


def publish_file(path: Path, loaded: LoadedMapping, settings: Settings, progress: Progress) -> Report:
    """Publish the rows of a file that fit, and add what was published to the ledger.

    Raises :class:`MappingError` or :class:`FileError` for a file that cannot be read, :class:`DeliveryError`
    when Kafka does not acknowledge: publishing the file again is then safe, as its events have the same ids.
    """
    report = publish_rows(path, loaded, settings, progress)
    if report.interrupted is not None:
        raise FileError(report.interrupted)
    return report


def publish_rows(
    path: Path,
    loaded: LoadedMapping,
    settings: Settings,
    progress: Progress,
    sink: RefusalSink | None = None,
) -> Report:
    """As :func:`publish_file`; refused rows go to the ``sink``, and not into the report, if there is one.

    A file that is damaged somewhere inside is read up to there: the report then says why it ends early.
    """
    with ExitStack() as stack:
        about = contract_of(loaded)
        reader = stack.enter_context(open_reader(path, loaded))
        check_columns(loaded, reader.headers)
        report = _new_report(path, loaded, about, dry_run=False)
        mapper = RowMapper(loaded.mapping, about)
        publisher = stack.enter_context(Publisher(settings.kafka))
        try:
            for outcome in _outcomes(mapper, reader, report, progress, sink or report.refused.append):
                if isinstance(outcome, Event):
                    publisher.send(outcome.topic, outcome.key, outcome.value)
        except FileError as error:
            report.interrupted = error.detail
        publisher.flush()
        report.published = publisher.acknowledged[about.family]
    ledger.append(settings.folder.ledger, _entry(report))
    return report


def check_file(path: Path, loaded: LoadedMapping, progress: Progress) -> Report:
    """Read a file and report what would be published; needs no broker. Raises as :func:`publish_file`."""
    about = contract_of(loaded)
    with open_reader(path, loaded) as reader:
        check_columns(loaded, reader.headers)
        report = _new_report(path, loaded, about, dry_run=True)
        mapper = RowMapper(loaded.mapping, about)
        for _ in _outcomes(mapper, reader, report, progress, report.refused.append):
            pass
    return report


def events_of(path: Path, loaded: LoadedMapping) -> Iterator[Event | Refusal]:
    """The event or refusal of every row of a file. Raises :class:`MappingError` or :class:`FileError`."""
    about = contract_of(loaded)
    with open_reader(path, loaded) as reader:
        check_columns(loaded, reader.headers)
        mapper = RowMapper(loaded.mapping, about)
        yield from map(mapper.outcome, reader.rows())


def _outcomes(
    mapper: RowMapper, reader: Reader, report: Report, progress: Progress, sink: RefusalSink
) -> Iterator[Event | Refusal]:
    """The outcome of every row, counted in the report."""
    for outcome in map(mapper.outcome, reader.rows()):
        if isinstance(outcome, Refusal):
            report.refuse(outcome)
            sink(outcome)
        else:
            report.accepted += 1
        if report.rows % PROGRESS_ROWS == 0:
            progress(reader.position(), reader.total)
        yield outcome
    report.skipped = reader.skipped
    progress(reader.position(), reader.total)


def _new_report(path: Path, loaded: LoadedMapping, about: About, *, dry_run: bool) -> Report:
    return Report(
        mapping=loaded.mapping.name,
        contract=about.event_type,
        dataset=f"{loaded.mapping.name}:sha256:{_digest(path)}",
        dry_run=dry_run,
        family=about.family,
    )


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileError(f"{error.strerror}") from None


def _entry(report: Report) -> ledger.LedgerEntry:
    """Every row has an identity of its own, so that all that was published is kept."""
    counts = {report.family: report.published}
    return ledger.LedgerEntry(
        publisher="file",
        dataset=report.dataset,
        finished_at=datetime.now(UTC),
        published=counts,
        kept=counts,
    )
