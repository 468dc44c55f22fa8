"""Watches an inbox: what lies in ``processing/`` first, then every file that has become whole."""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Final

from orgpulse_platform.broker import connected
from orgpulse_platform.errors import BrokerUnavailableError, OrgPulseError
from orgpulse_platform.inbox.account import Account
from orgpulse_platform.inbox.arrivals import NOTHING, Arrivals, Look, open_for_writing
from orgpulse_platform.inbox.catalogue import Catalogue
from orgpulse_platform.inbox.errors import InboxFolderError
from orgpulse_platform.inbox.folder import InboxFolder, make_folder
from orgpulse_platform.inbox.moving import move
from orgpulse_platform.inbox.processing import Bar, Processing
from orgpulse_platform.settings import Settings

LONGEST_PAUSE_S: Final = 60.0
"""Longest pause between two attempts while Kafka is away, in seconds."""


@dataclass
class Pass:
    """What one pass over an inbox did."""

    look: Look = NOTHING
    accounts: list[Account] = field(default_factory=list[Account])
    """Files that ended."""
    errors: list[OrgPulseError] = field(default_factory=list[OrgPulseError])
    """Why files stay in ``processing/``, or in the inbox."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """An inbox whose folder is open."""

    folder: InboxFolder
    mappings: Path | None
    settings: Settings
    poll_s: float
    bar: Bar

    def once(self) -> Pass:
        """Publish what is there and whole; a file that was just written is given one interval of time."""
        arrivals = Arrivals(self.folder, self.poll_s)
        if arrivals.look().unfinished:
            time.sleep(self.poll_s)
        return self._pass(arrivals)

    def passes(self) -> Iterator[Pass]:
        """Pass after pass, without end; after one with an error the pauses grow."""
        arrivals = Arrivals(self.folder, self.poll_s)
        pause_s = self.poll_s
        while True:
            try:
                found = self._pass(arrivals)
            except OrgPulseError as error:
                found = Pass(errors=[error])
            yield found
            pause_s = min(2 * pause_s, max(LONGEST_PAUSE_S, self.poll_s)) if found.errors else self.poll_s
            time.sleep(pause_s)

    def _pass(self, arrivals: Arrivals) -> Pass:
        """Raises :class:`OrgPulseError` where not even the first file could be looked at."""
        found = Pass(arrivals.look())
        taken = self._taken()
        if not taken and not found.look.whole:
            return found
        processing = Processing(
            self.folder, Catalogue.load(self.mappings), connected(self.settings), self.bar
        )
        for place in chain(taken, self._take_each(found)):
            try:
                found.accounts.append(processing.finish(place))
            except BrokerUnavailableError as error:
                found.errors.append(error)
                break
            except OrgPulseError as error:
                found.errors.append(error)
        return found

    def _taken(self) -> list[Path]:
        """Files that an earlier pass, or an earlier process, took and could not finish."""
        root = self.folder.processing
        try:
            paths = sorted(path for pattern in ("*", "*/*") for path in root.glob(pattern) if _is_file(path))
        except OSError as error:
            raise InboxFolderError(f"{root}: {error.strerror}") from None
        return [path.relative_to(root) for path in paths if not open_for_writing(path)]

    def _take_each(self, found: Pass) -> Iterator[Path]:
        """Take one whole file after the other, each when the one before it has ended."""
        for place in found.look.whole:
            target = self.folder.processing / place
            if os.path.lexists(target):
                continue  # an older file of this name waits there
            try:
                make_folder(target.parent)
                move(self.folder.root / place, target)
            except FileNotFoundError:
                continue  # taken away by its owner
            except OSError as error:
                found.errors.append(InboxFolderError(f"{self.folder.root}: {error.strerror}"))
            except OrgPulseError as error:
                found.errors.append(error)
            else:
                yield place


def _is_file(path: Path) -> bool:
    return not path.name.startswith(".") and (path.is_symlink() or not path.is_dir())
