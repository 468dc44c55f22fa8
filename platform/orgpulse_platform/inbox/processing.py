"""One file that was taken, to its end in ``done/`` or ``failed/``."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kafka.errors import KafkaError

from orgpulse_platform import ledger
from orgpulse_platform.errors import BrokerUnavailableError, OrgPulseError
from orgpulse_platform.inbox.account import Account, FileProblem, FileReason, State
from orgpulse_platform.inbox.arrivals import Stamp, is_regular
from orgpulse_platform.inbox.catalogue import Catalogue
from orgpulse_platform.inbox.errors import FileChangedError, InboxFolderError
from orgpulse_platform.inbox.folder import InboxFolder, make_folder
from orgpulse_platform.inbox.moving import free_name, move
from orgpulse_platform.inbox.refused import RefusedRows
from orgpulse_platform.inbox.report_files import write_reports
from orgpulse_platform.mapping.errors import FileError, MappingError
from orgpulse_platform.mapping.load import LoadedMapping
from orgpulse_platform.mapping.run import Progress, publish_rows
from orgpulse_platform.settings import Settings

Bar = Callable[[str], AbstractContextManager[Progress]]
"""Shows the progress of a file under the name that logs give it."""


@dataclass(frozen=True, slots=True)
class Processing:
    """Publishes the files in ``processing/``.

    Whatever is not the file's own fault (Kafka, the disk, a permission) is raised, and leaves it there.
    """

    folder: InboxFolder
    catalogue: Catalogue
    settings: Settings
    bar: Bar

    def finish(self, place: Path) -> Account:
        """Publish a file, write its reports and move it. ``place`` is relative to ``processing/``.

        Raises :class:`OrgPulseError` if it has to be taken again.
        """
        path = self.folder.processing / place
        with RefusedRows() as refused:
            try:
                account = self._account(path, place, refused)
                self._end(path, place, account)
            except OSError as error:
                reason = error.strerror  # and no more of it: it names the file
            else:
                return account
        raise InboxFolderError(f"{self.folder.root}: {reason}")

    def _account(self, path: Path, place: Path, refused: RefusedRows) -> Account:
        stamp = Stamp.of(path)
        if not is_regular(path):
            problem = FileProblem(FileReason.UNREADABLE, "it is no regular file")
            return Account(refused=refused, problem=problem)
        try:
            sha256 = _sha256(path)
        except OSError as error:
            problem = FileProblem(FileReason.UNREADABLE, f"{error.strerror}")
            return Account(refused=refused, problem=problem)
        account = Account(sha256=sha256, refused=refused)
        chosen = self.catalogue.choose(place)
        if isinstance(chosen, FileProblem):
            account.problem = chosen
            return account
        self._publish(path, chosen, account)
        if not stamp.same_content(Stamp.of(path)):
            raise FileChangedError(account.id)
        return account

    def _publish(self, path: Path, loaded: LoadedMapping, account: Account) -> None:
        """Publish the rows, and write down what became of them."""
        account.mapping = name = loaded.mapping.name
        account.first_published_at = _first_published_at(self.settings, f"{name}:sha256:{account.sha256}")
        try:
            with self.bar(account.id) as progress:
                report = publish_rows(path, loaded, self.settings, progress, account.refused.add)
        except MappingError as error:
            account.problem = FileProblem(FileReason.MAPPING_DOES_NOT_FIT, error.detail)
        except FileError as error:
            account.problem = FileProblem(FileReason.UNREADABLE, error.detail)
        except KafkaError as error:
            raise BrokerUnavailableError(type(error).__name__) from None
        except (OrgPulseError, OSError):
            raise
        except Exception as error:  # a file that no reader foresaw must not stop those after it
            account.problem = FileProblem(FileReason.UNEXPECTED, type(error).__name__)
        else:
            account.rows = report
            if report.interrupted is not None:
                account.problem = FileProblem(FileReason.DAMAGED, report.interrupted)
        account.finished_at = datetime.now(UTC)

    def _end(self, path: Path, place: Path, account: Account) -> None:
        """Reports first: a crash between the two finds the file where it was, and writes them again."""
        end = self.folder.done if account.state is State.DONE else self.folder.failed
        target = end / place.parent
        make_folder(end)
        make_folder(target)
        name = free_name(target, place.name, account.sha256)
        write_reports(target, name, account)
        move(path, target / name)


def _first_published_at(settings: Settings, dataset: str) -> datetime | None:
    times = [entry.finished_at for entry in ledger.read(settings.folder.ledger) if entry.dataset == dataset]
    return min(times, default=None)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
