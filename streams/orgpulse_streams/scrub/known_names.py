"""The words that are names in the HR system, known by keyed hashes only: no name is written anywhere.

A worker learns them from the HR events that it protects, as long as a contract scrubs free text, and shares
them with the others through a file. A line of it is an HMAC of one word of a name; the lines are in an order
that tells nothing of whose name it is.
"""

import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.keyring import Keyring
from orgpulse_streams.scrub.name_lists import parts

SHORTEST: Final = 2
"""Letters of the shortest word that is learnt; initials would be found everywhere."""
LOOK_S: Final = 5.0
"""How often a worker looks for what the others learnt, in seconds."""
_DIGITS: Final = 32
"""Hexadecimal digits of a line."""


@dataclass
class KnownNamesError(OrgPulseError):
    """The file with the hashes of known names cannot be used."""

    guidance = (
        "Mend its permissions (only its owner may read it), or remove it: the workers learn the names anew "
        "from the HR events that arrive; let the HR system publish its appointments once more."
    )


@dataclass
class NamesFileError(OrgPulseError):
    """The file with names cannot be read."""

    guidance = "Give a UTF-8 text with one name a line."


class KnownNames:
    """Whether a folded word is part of a name in the HR system.

    Raises :class:`KnownNamesError` when it is made, if the file is there and cannot be used. Later a failure
    of the disk stops nothing: this worker knows what it learnt, and writes it as soon as it can.
    """

    def __init__(self, path: Path, keyring: Keyring) -> None:
        self._path = path
        self._keyring = keyring
        self._hashes: set[bytes] = set()
        self._unwritten: list[bytes] = []
        self._read_to = 0
        self._next_look = 0.0
        try:
            if path.exists() and path.stat().st_mode & 0o077:
                raise KnownNamesError(f"{path} can be read by others")
            self._read_on()
        except OSError as error:
            raise KnownNamesError(f"{path}: {error.strerror}") from None

    def __contains__(self, word: object) -> bool:
        if time.monotonic() >= self._next_look:
            self._look()
        return (
            isinstance(word, str) and len(word) >= SHORTEST and self._keyring.name_hash(word) in self._hashes
        )

    def learn(self, names: Iterable[str]) -> None:
        """Remember the words of names, here and in the file."""
        for name in names:
            for word in parts(name):
                hashed = self._keyring.name_hash(word)
                if len(word) >= SHORTEST and hashed not in self._hashes:
                    self._hashes.add(hashed)
                    self._unwritten.append(hashed)
        if self._unwritten:
            self._write()

    def _write(self) -> None:
        """Append what is new; each line in one piece, so that workers may write at the same time."""
        # The line's end at the front parts the lines from one that a full disk cut off.
        lines = b"\n" + b"".join(sorted(f"{hashed.hex()}\n".encode() for hashed in self._unwritten))
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                written = os.write(descriptor, lines)
            finally:
                os.close(descriptor)
        except OSError:
            return  # it stays unwritten and is tried again with the next name
        if written == len(lines):
            self._unwritten.clear()

    def _look(self) -> None:
        self._next_look = time.monotonic() + LOOK_S
        try:
            self._read_on()
        except OSError:
            return  # what is known stays known; the next look tries again

    def _read_on(self) -> None:
        """Take in the lines that were added since the last look; a damaged line names nobody."""
        if not self._path.exists():
            return
        with self._path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(self._read_to if size >= self._read_to else 0)
            lines = file.read()
            whole = lines[: lines.rfind(b"\n") + 1]
            self._read_to = file.tell() - len(lines) + len(whole)
        for line in whole.splitlines():
            if len(line) == _DIGITS:
                try:
                    self._hashes.add(bytes.fromhex(line.decode("ascii")))
                except ValueError:
                    continue


def names_of_file(path: Path | None) -> frozenset[str]:
    """The folded words of the names in a text file; raises :class:`NamesFileError`, which repeats no name."""
    if path is None:
        return frozenset()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise NamesFileError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise NamesFileError(f"{path} is no UTF-8 text") from None
    return frozenset(word for line in lines for word in parts(line) if len(word) >= SHORTEST)
