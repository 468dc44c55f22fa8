"""Where a keyring comes from: a file, a folder of single keys, an environment variable, or a secret store.

A source gives the document of the keyring as bytes. It is asked once, when a process starts.
"""

import json
import os
import re
import shlex
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from orgpulse_platform.errors import KeyringError
from orgpulse_platform.keyring.files import read_private
from orgpulse_platform.settings import Settings

VARIABLE: Final = "ORGPULSE_KEYRING_DOCUMENT"
"""The environment variable that holds a keyring. The services inherit it, the local broker does not."""
COMMAND_TIMEOUT_S: Final = 30


class KeySource(Protocol):
    """Where a keyring comes from."""

    @property
    def name(self) -> str:
        """How messages name it; nothing of the keys."""

    def read(self) -> bytes:
        """The document; raises :class:`KeyringError`."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """One file with all keys, such as the platform makes it."""

    path: Path

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.path)

    def read(self) -> bytes:
        """The file, if nobody but its owner can reach it."""
        return read_private(self.path)


@dataclass(frozen=True, slots=True)
class FolderSource:
    """One file for each key, such as ``pseudonym.person.1``, ``identity.1`` and ``rejected.2``.

    Secret stores mount keys like this. A file holds 32 bytes in hexadecimal digits. Files with other
    names are left alone.
    """

    path: Path
    _NAME = re.compile(r"(?:(pseudonym)\.([a-z-]+)|(identity|rejected))\.([1-9][0-9]*)")

    @property
    def name(self) -> str:
        """Its path."""
        return str(self.path)

    def read(self) -> bytes:
        """The keys of all files as one document."""
        uses: dict[tuple[str, str], dict[int, dict[str, str]]] = defaultdict(dict)
        try:
            files = sorted(self.path.iterdir())
        except OSError as error:
            raise KeyringError(f"{self.path}: {error.strerror}") from None
        for file in files:
            match = self._NAME.fullmatch(file.name)
            if match is None:
                continue
            domain, version = match[2] or "", int(match[4])
            secret = read_private(file).decode("ascii", "replace").strip()
            uses[match[1] or match[3], domain][version] = {
                "id": f"{domain or match[3]}-{version}",
                "secret": secret,
            }
        document: dict[str, Any] = {"pseudonyms": {}}
        for (purpose, domain), keys in uses.items():
            versions = [keys[version] for version in sorted(keys)]
            if domain:
                document["pseudonyms"][domain] = versions
            else:
                document[purpose] = versions
        return json.dumps(document).encode()


@dataclass(frozen=True, slots=True)
class EnvironmentSource:
    """An environment variable that holds the document."""

    @property
    def name(self) -> str:
        """The name of the variable."""
        return VARIABLE

    def read(self) -> bytes:
        """The value of the variable."""
        try:
            return os.environb[VARIABLE.encode()]
        except KeyError:
            raise KeyringError(f"the environment variable {VARIABLE} is not set") from None


@dataclass(frozen=True, slots=True)
class CommandSource:
    """A command that writes the document to its standard output, such as the client of a secret store.

    It runs without a shell. What it says on standard error is not shown, since that may be anything.
    """

    command: str

    @property
    def name(self) -> str:
        """The program alone: its arguments may name more than a message should."""
        return f"the command {self._words()[0]!r}"

    def read(self) -> bytes:
        """Run the command, for half a minute at most."""
        try:
            answer = subprocess.run(  # noqa: S603 - whoever sets it decides what runs
                self._words(),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=COMMAND_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise KeyringError(f"{self.name} did not end within {COMMAND_TIMEOUT_S} s") from None
        except OSError as error:
            raise KeyringError(f"{self.name}: {error.strerror}") from None
        if answer.returncode != 0:
            raise KeyringError(
                f"{self.name} failed with exit code {answer.returncode}; run it by hand to see why"
            )
        return answer.stdout

    def _words(self) -> list[str]:
        try:
            return shlex.split(self.command) or [""]
        except ValueError:
            raise KeyringError("ORGPULSE_KEYRING__COMMAND has a quotation mark that is not closed") from None


def key_source(settings: Settings) -> KeySource:
    """The source that the settings name; raises :class:`KeyringError` if they do not say where it is."""
    keyring = settings.keyring
    match keyring.source:
        case "folder" if keyring.folder is not None:
            return FolderSource(keyring.folder)
        case "command" if keyring.command is not None:
            return CommandSource(keyring.command)
        case "environment":
            return EnvironmentSource()
        case "file":
            return FileSource(keyring_file(settings))
        case other:
            raise KeyringError(
                f"ORGPULSE_KEYRING__SOURCE is {other}, and ORGPULSE_KEYRING__{other.upper()} is not set"
            )


def keyring_file(settings: Settings) -> Path:
    """The file that holds the keyring, if a file does."""
    return settings.keyring.file or settings.folder.keyring
