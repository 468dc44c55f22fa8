"""The evidence of an erasure: what was found and what is left, by kind of place. It names no person.

One document for each request, sealed with the key of the register of erased people. A run that was cut off
stands there without an end; the run that finished the work follows it.
"""

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import orjson

from orgpulse_pipelines.subjects.errors import EvidenceError, RequestReferenceError
from orgpulse_pipelines.subjects.finding import Finding, by_store
from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_platform.erased import ErasedRegister
from orgpulse_platform.errors import StateFolderError
from orgpulse_platform.state import StateFolder

_REFERENCE: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
ENDING: Final = ".evidence.json"


def check_reference(reference: str, subject: Subject) -> str:
    """The reference of the request; raises :class:`RequestReferenceError`."""
    if not _REFERENCE.fullmatch(reference):
        raise RequestReferenceError("it has other characters, or is too long")
    if subject.identifier.lower() in reference.lower():
        raise RequestReferenceError("it names the person")
    return reference


class Evidence:
    """The document of one request, written anew at every step.

    Raises :class:`EvidenceError` if it was altered since, :class:`StateFolderError` if it cannot be written.
    """

    def __init__(self, folder: StateFolder, reference: str, register: ErasedRegister) -> None:
        self.path = folder.erasures / f"{reference}{ENDING}"
        self._register = register
        self.document: dict[str, Any] = {"reference": reference, "runs": []}
        if self.path.exists():
            self.document = read_evidence(self.path, register)

    def begin(self, found: Iterable[Finding]) -> None:
        """Write down what was found, before anything is changed."""
        run = {
            "began_at": _now(),
            "version": version("orgpulse"),
            "found": by_store(found),
            "left": None,
            "ended_at": None,
        }
        self.document["runs"].append(run)
        self._write()

    def end(self, left: Iterable[Finding]) -> None:
        """Write down what a search after the erasure still found."""
        run = self.document["runs"][-1]
        run["left"] = by_store(left)
        run["ended_at"] = _now()
        self._write()

    def _write(self) -> None:
        sealed = {**self.document, "seal": self._register.seal(_canonical(self.document))}
        draft = self.path.with_name(self.path.name + ".new")
        try:
            with draft.open("wb") as file:
                os.fchmod(file.fileno(), 0o600)
                file.write(orjson.dumps(sealed, option=orjson.OPT_INDENT_2) + b"\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
        except OSError as error:
            raise StateFolderError(f"{self.path}: {error.strerror}") from None


def read_evidence(path: Path, register: ErasedRegister) -> dict[str, Any]:
    """The document without its seal; raises :class:`EvidenceError` if the seal is not that of its content."""
    try:
        document: dict[str, Any] = orjson.loads(path.read_bytes())
        seal = document.pop("seal")
    except (OSError, orjson.JSONDecodeError, KeyError, AttributeError, TypeError):
        raise EvidenceError(path.name) from None
    if seal != register.seal(_canonical(document)):
        raise EvidenceError(path.name)
    return document


def _canonical(document: dict[str, Any]) -> bytes:
    return orjson.dumps(document, option=orjson.OPT_SORT_KEYS)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
