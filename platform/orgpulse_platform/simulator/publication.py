"""Publishing a simulation: every record onto the raw topics, then what was published into the ledger."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from orgpulse_platform import ledger
from orgpulse_platform.publisher import Publisher
from orgpulse_platform.settings import Settings
from orgpulse_platform.simulator.simulation import Simulation

Progress = Callable[[int, int], None]
"""Told how many records were sent, and about how many there are."""
PROGRESS_RECORDS: Final = 1_000
"""Records between two reports of progress."""


def publish_simulation(simulation: Simulation, settings: Settings, progress: Progress) -> ledger.LedgerEntry:
    """Publish every record and append to the ledger once Kafka has acknowledged all; returns the entry.

    Raises :class:`DeliveryError` when Kafka does not acknowledge, and then writes no entry: publishing the
    same again is safe, as the events have the same identities.
    """
    planned = simulation.planned
    with Publisher(settings.kafka) as publisher:
        for sent, record in enumerate(simulation.records(), start=1):
            publisher.send(record.topic, record.key, record.value)
            if sent % PROGRESS_RECORDS == 0:
                progress(sent, planned)
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
