"""What became of a file: codes, counts, lines and fields; never a value, and never the file's name."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple

from orgpulse_platform.inbox.refused import RefusedRows
from orgpulse_platform.mapping.report import Report

DIGITS: Final = 12
"""Digits of the SHA-256 by which logs name a file."""


class State(StrEnum):
    """Where a file ends."""

    DONE = "done"
    FAILED = "failed"


class FileReason(StrEnum):
    """Why a file as a whole could not be published, or not to its end."""

    NO_MAPPING = "no_mapping"
    SEVERAL_MAPPINGS = "several_mappings"
    MAPPING_DOES_NOT_FIT = "mapping_does_not_fit"
    UNREADABLE = "unreadable"
    DAMAGED = "damaged"
    UNEXPECTED = "unexpected"


GUIDANCE: Final = {
    FileReason.NO_MAPPING: (
        "Put the file into a sub-folder of the inbox that is named after its mapping, or let one mapping "
        "declare its name under `files`."
    ),
    FileReason.SEVERAL_MAPPINGS: (
        "Put the file into a sub-folder of the inbox that is named after its mapping, or narrow `files` of "
        "the mappings."
    ),
    FileReason.MAPPING_DOES_NOT_FIT: (
        "Correct the mapping, or have the file written as the mapping says, and put the file into the inbox "
        "again."
    ),
    FileReason.UNREADABLE: (
        "Check that it is a whole CSV, XLSX or NDJSON file, written as `format` of the mapping says, and put "
        "it into the inbox again."
    ),
    FileReason.DAMAGED: (
        "Have the file written anew and put it into the inbox again: the rows before the damage were "
        "published, and count once."
    ),
    FileReason.UNEXPECTED: "Report it with the code; the file itself is as it was.",
}
"""What to do about each; a test holds that none is missing."""
MEND_ROWS: Final = (
    "Mend the refused rows at their source and put the file into the inbox again: the rows that were "
    "published count once."
)


class FileProblem(NamedTuple):
    """Something wrong with a file as a whole."""

    reason: FileReason
    detail: str


@dataclass(kw_only=True)
class Account:
    """The account of one file."""

    sha256: str | None = None
    """Of the content; nothing if it may not be read."""
    finished_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    """When it had been published or refused (UTC)."""
    mapping: str | None = None
    rows: Report | None = None
    """What became of its rows; nothing if none was read."""
    refused: RefusedRows
    problem: FileProblem | None = None
    first_published_at: datetime | None = None
    """When the same content was published before with the same mapping (UTC)."""

    @property
    def id(self) -> str:
        """The name that logs give the file."""
        return "unreadable" if self.sha256 is None else self.sha256[:DIGITS]

    @property
    def state(self) -> State:
        """Done if every row was published."""
        complete = self.problem is None and self.rows is not None and not self.rows.refused_rows
        return State.DONE if complete else State.FAILED

    @property
    def guidance(self) -> str | None:
        """What to do now, if something is."""
        if self.problem is not None:
            return GUIDANCE[self.problem.reason]
        return MEND_ROWS if self.state is State.FAILED else None

    def document(self) -> dict[str, Any]:
        """The account for scripts, without the single refused rows."""
        rows = self.rows
        return {
            "id": self.id,
            "sha256": self.sha256,
            "state": self.state.value,
            "finished_at": self.finished_at,
            "mapping": self.mapping,
            "contract": None if rows is None else rows.contract,
            "seen_before": self.first_published_at is not None,
            "first_published_at": self.first_published_at,
            "problem": None if self.problem is None else self.problem._asdict(),
            "guidance": self.guidance,
            "rows": 0 if rows is None else rows.rows,
            "published": 0 if rows is None else rows.published,
            "skipped": 0 if rows is None else rows.skipped,
            "refused_rows": 0 if rows is None else rows.refused_rows,
            "reasons": [
                {
                    "id": f"{found.field}:{found.reason.value}",
                    "field": found.field,
                    "reason": found.reason.value,
                    "meaning": found.meaning,
                    "rows": count,
                }
                for found, count in (() if rows is None else rows.problems())
            ],
        }

    def summary(self) -> str:
        """The account in one line, for logs."""
        words = [f"{self.id}: {self.state.value}"]
        if self.mapping is not None:
            words.append(self.mapping)
        if self.problem is not None:
            words.append(self.problem.reason.value)
        if self.rows is not None:
            words.append(f"{self.rows.published:,} of {self.rows.rows:,} rows published")
        if self.first_published_at is not None:
            words.append(f"same content as on {self.first_published_at:%Y-%m-%d %H:%M} UTC")
        return ", ".join(words)
