"""Errors of requests of people for their data. None of them names the person."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class SubjectIdError(OrgPulseError):
    """The identifier of the person cannot be used."""

    guidance = (
        "Give one identifier of at least four characters, such as a personnel number: with --id-file FILE, "
        "on standard input with `-`, or as the argument, which other users of the machine can see."
    )


@dataclass
class RequestReferenceError(OrgPulseError):
    """The reference of the request cannot be used."""

    guidance = (
        "Give the number under which the request is filed with --reference: letters, digits, points, hyphens "
        "and underscores, and nothing that names the person, as it stays in the evidence."
    )


@dataclass
class ErasureIncompleteError(OrgPulseError):
    """The person is not erased everywhere yet."""

    guidance = (
        "The list says where and why. Let the streams finish (`orgpulse streams run --until-drained`), stop "
        "what holds a spool or a file, then run the same command again: it goes on where it ended."
    )


@dataclass
class UnindexedTableError(OrgPulseError):
    """A table holds a pseudonym of the person in a column that the index does not name."""

    guidance = (
        "Nothing was erased there. Let the model's query name the columns that it reads, so that their "
        "lineage can be followed, build again, and run the command again."
    )


@dataclass
class OutputFolderError(OrgPulseError):
    """The copy of the person's data cannot be written there."""

    guidance = "Name a folder that does not exist yet, on a disk that only the people concerned can read."


@dataclass
class EvidenceError(OrgPulseError):
    """The evidence of an erasure is not what was written."""

    guidance = "It was altered, or another state folder wrote it: take the copy filed with the request."
