"""Does it balance? One verdict a family, from what was measured and what publishers say."""

from dataclasses import dataclass
from enum import StrEnum

from orgpulse_pipelines.reconciliation.expectation import Expected
from orgpulse_pipelines.reconciliation.measure import Measured


class Status(StrEnum):
    """The verdict on a family."""

    BALANCED = "balanced"
    """Every event is accounted for and publishers' counts agree."""
    UNCONFIRMED = "unconfirmed"
    """Every event is accounted for; not all of it was published by those who keep the ledger."""
    WAITING = "waiting"
    """The streams had not come to the end when the load began: the rest follows."""
    UNBALANCED = "unbalanced"
    """Events are missing or surplus."""
    CONTRADICTED = "contradicted"
    """Every event is accounted for, but publishers say something else."""


FAILURES = (Status.UNBALANCED, Status.CONTRADICTED)


@dataclass(frozen=True, slots=True)
class Balance:
    """The account of one family."""

    measured: Measured
    expected: Expected | None

    @property
    def status(self) -> Status:
        """The verdict."""
        measured = self.measured
        if measured.unaccounted < 0 or measured.unaccounted > measured.waiting:
            return Status.UNBALANCED
        if measured.kept != measured.events:
            return Status.UNBALANCED
        if measured.unaccounted:
            return Status.WAITING
        return _confirmation(measured, self.expected)


def _confirmation(measured: Measured, expected: Expected | None) -> Status:
    if expected is None:
        return Status.UNCONFIRMED if measured.published else Status.BALANCED
    if measured.published > expected.published:
        return Status.UNCONFIRMED
    agrees = measured.published == expected.published and expected.allows(measured.rejected, measured.kept)
    return Status.BALANCED if agrees else Status.CONTRADICTED
