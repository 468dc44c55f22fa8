"""Publishing a simulation: every record onto the raw topics, then what was published into the ledger."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from orgpulse_platform import ledger
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import Settings
from orgpulse_platform.simulator.simulation import Simulation

PROGRESS_RECORDS: Final = 1_000
"""Records between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Who is told how far a publication has come."""

    inventing: Callable[[int], None] = lambda _: None
    """Told how many facts were invented so far; how many there will be is not known before."""
    publishing: Callable[[int, int], None] = lambda *_: None
    """Told how many records were sent, and about how many there are."""


def publish_simulation(
    simulation: Simulation, settings: Settings, progress: Progress | None = None
) -> ledger.LedgerEntry:
    """Publish every record and append to the ledger once Kafka has acknowledged all; returns the entry.

    Raises :class:`StateFolderError` before anything is published if the disk is too small for the facts, and
    :class:`DeliveryError` when Kafka does not acknowledge. No entry is written then: publishing the same
    again is safe, as the events have the same identities.
    """
    progress = progress or Progress()
    with Publisher(settings.kafka) as publisher:
        simulation.invent(progress.inventing)
        planned = simulation.planned
        for sent, record in enumerate(simulation.records(), start=1):
            publisher.send(record.topic, record.key, record.value)
            if sent % PROGRESS_RECORDS == 0:
                progress.publishing(sent, planned)
        publisher.flush()
        acknowledged = dict(publisher.acknowledged)
    entry = _entry(simulation, acknowledged)
    ledger.append(settings.folder.ledger, entry)
    return entry


def _entry(simulation: Simulation, acknowledged: dict[str, int]) -> ledger.LedgerEntry:
    expected = simulation.expected
    return ledger.LedgerEntry(
        publisher="simulator",
        dataset=simulation.dataset,
        finished_at=datetime.now(UTC),
        published=acknowledged,
        rejected={
            family: {reason.value: count for reason, count in reasons.items()}
            for family, reasons in expected.rejected.items()
        },
        duplicates=dict(expected.duplicates),
        kept=dict(expected.kept),
    )
