"""Replaying rejected events after a fix: each once, however often the command runs or is interrupted."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from orgpulse_platform import ledger
from orgpulse_platform.errors import DamagedSealError, KeyringError
from orgpulse_platform.keyring import Keyring
from orgpulse_platform.rejected.audit import Why, record_opening
from orgpulse_platform.rejected.event import RejectedEvent
from orgpulse_platform.rejected.journal import Journal, State, open_journal, read_journal
from orgpulse_platform.rejected.reading import rejected_events
from orgpulse_platform.rejected.resend import Candidate, Resender, replayed_from
from orgpulse_platform.rejected.selection import Selection
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_scan import Progress

PUBLISHER: Final = "replay"
"""Name in the ledger of what was published."""
BATCH_EVENTS: Final = 500
BATCH_BYTES: Final = 16_000_000


class Outcome(StrEnum):
    """What became of a rejected event that was selected."""

    REPLAYED = "replayed"
    """Kafka has it again; in a dry run, it would be sent."""
    ALREADY_REPLAYED = "already_replayed"
    NEEDS_FORCE = "needs_force"
    """A replay cannot help for its reason."""
    UNOPENED = "unopened"
    """The keyring does not open it."""
    NO_ORIGINAL = "no_original"
    NO_TOPIC = "no_topic"
    """Its raw topic does not exist any more."""
    DAMAGED = "damaged"
    """It is not what was sealed at its place: it was changed, or this is another key with the same id."""
    REFUSED = "refused"
    """Kafka does not take it."""


FAILURES: Final = (Outcome.UNOPENED, Outcome.DAMAGED, Outcome.NO_ORIGINAL, Outcome.NO_TOPIC, Outcome.REFUSED)
Group = tuple[str, str | None, str]
"""Family, contract and reason."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be replayed, and how."""

    selection: Selection
    dry_run: bool = False
    again: bool = False
    """Also what was replayed already."""
    force: bool = False
    """Also what is rejected for a reason that a replay cannot mend."""
    why: Why = Why.FIX
    """Why originals are opened."""


@dataclass
class ReplayReport:
    """What a replay did, in counts."""

    dry_run: bool
    run: str = field(default_factory=lambda: f"replay-{uuid.uuid4()}")
    groups: dict[Group, Counter[Outcome]] = field(default_factory=dict[Group, Counter[Outcome]])
    opened: int = 0
    """How many originals were opened, whatever became of them."""

    def count(self, event: RejectedEvent, outcome: Outcome) -> None:
        """Add an event."""
        group = (event.family, event.contract, event.reason.value)
        self.groups.setdefault(group, Counter())[outcome] += 1

    @property
    def outcomes(self) -> Counter[Outcome]:
        """How many events had each outcome."""
        return sum(self.groups.values(), Counter[Outcome]())

    def document(self) -> dict[str, Any]:
        """The report for scripts."""
        found = self.outcomes
        return {
            "id": self.run,
            "dry_run": self.dry_run,
            "selected": found.total(),
            **{outcome.value: found[outcome] for outcome in Outcome},
            "groups": [
                {
                    "id": f"{family}/{contract or '-'}/{reason}",
                    "family": family,
                    "contract": contract,
                    "reason": reason,
                    **{outcome.value: counts[outcome] for outcome in Outcome},
                }
                for (family, contract, reason), counts in sorted(self.groups.items(), key=str)
            ],
        }


def replay(settings: Settings, keyring: Keyring, wish: Wish, progress: Progress) -> ReplayReport:
    """Send the originals of the selected events to their raw topics again; in a dry run, only count.

    Raises :class:`DeliveryError` if Kafka does not acknowledge: what it has is recorded, and running the same
    again sends the rest. Raises :class:`ReplayRunningError` if another replay is at work.
    """
    report = ReplayReport(wish.dry_run)
    command = "rejected replay --dry-run" if wish.dry_run else "rejected replay"
    record = partial(record_opening, settings.folder.audit, command, why=wish.why, replay=report.run)
    record()
    try:
        with Resender(settings.kafka) as resender:
            if wish.dry_run:
                journal = read_journal(settings.folder.replays)
                _Replay(settings, keyring, wish, report, journal, resender).run(progress)
            else:
                with open_journal(settings.folder.replays) as journal:
                    _Replay(settings, keyring, wish, report, journal, resender).run(progress)
    finally:
        record(opened=report.opened)
    return report


@dataclass
class _Replay:
    """One run."""

    settings: Settings
    keyring: Keyring
    wish: Wish
    report: ReplayReport
    journal: Journal
    resender: Resender
    batch: list[Candidate] = field(default_factory=list[Candidate])
    bytes: int = 0
    taken_up: set[str] = field(default_factory=set[str])
    """Where the events of this run were rejected first: one that was replayed before stands several times."""

    def run(self, progress: Progress) -> None:
        for event in rejected_events(self.settings, self.wish.selection, progress):
            candidate = self._candidate(event)
            if isinstance(candidate, Outcome):
                self.report.count(event, candidate)
                continue
            self.taken_up.add(candidate.first)
            self.batch.append(candidate)
            self.bytes += len(event.sealed)
            if len(self.batch) >= BATCH_EVENTS or self.bytes >= BATCH_BYTES:
                self._send()
        self._send()

    def _candidate(self, event: RejectedEvent) -> Candidate | Outcome:  # noqa: PLR0911 - one for each outcome
        """The event with its original opened, or why it is not sent."""
        if not (event.meaning.replay_helps or self.wish.force):
            return Outcome.NEEDS_FORCE
        if self._done(event.origin):
            return Outcome.ALREADY_REPLAYED
        if not event.sealed:
            return Outcome.NO_ORIGINAL
        if not self.resender.has_topic(event):
            return Outcome.NO_TOPIC
        try:
            original = event.open(self.keyring)
        except DamagedSealError:
            return Outcome.DAMAGED
        except KeyringError:
            return Outcome.UNOPENED
        self.report.opened += 1
        first = replayed_from(event, original)
        if first is None or not self.journal.knows(first):
            first = event.origin
        if self._done(first):
            return Outcome.ALREADY_REPLAYED
        return Candidate(event.without_original(), original, first)

    def _done(self, first: str) -> bool:
        return first in self.taken_up or (self.journal.replayed(first) and not self.wish.again)

    def _send(self) -> None:
        """Send the batch: on record before and after, then in the ledger."""
        batch, self.batch, self.bytes = self.batch, [], 0
        if not batch:
            return
        if self.wish.dry_run:
            self._count(batch, Outcome.REPLAYED)
            return
        self.journal.write(self.report.run, State.SENDING, _places(batch))
        sent, error = self.resender.send(batch)
        self.journal.write(self.report.run, State.SENT, _places(sent.taken))
        self.journal.write(self.report.run, State.REFUSED, _places(sent.refused))
        self._count(sent.taken, Outcome.REPLAYED)
        self._count(sent.refused, Outcome.REFUSED)
        if sent.taken:
            ledger.append(self.settings.folder.ledger, _entry(self.report.run, sent.taken))
        if error is not None:
            raise error

    def _count(self, candidates: list[Candidate], outcome: Outcome) -> None:
        for candidate in candidates:
            self.report.count(candidate.event, outcome)


def _places(candidates: list[Candidate]) -> list[tuple[str, str]]:
    return [(candidate.event.origin, candidate.first) for candidate in candidates]


def _entry(run: str, taken: list[Candidate]) -> ledger.LedgerEntry:
    """What the replay published; whether it is accepted now or rejected once more, nobody knows yet."""
    counts = dict(Counter(candidate.event.family for candidate in taken))
    return ledger.LedgerEntry(
        publisher=PUBLISHER,
        dataset=run,
        finished_at=datetime.now(UTC),
        published=counts,
        undetermined=counts,
    )
