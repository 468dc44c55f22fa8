"""The layout of the state folder: the one place that knows where anything is kept."""

from dataclasses import dataclass
from pathlib import Path

from orgpulse_platform.errors import StateFolderError


@dataclass(frozen=True, slots=True)
class StateFolder:
    """Paths of everything that the platform keeps."""

    root: Path

    @property
    def broker(self) -> Path:
        """Data, log and address of the local broker."""
        return self.root / "broker"

    @property
    def keyring(self) -> Path:
        """The keyring of a demonstration; an organisation keeps its own elsewhere."""
        return self.root / "keyring.json"

    @property
    def keyring_check(self) -> Path:
        """Values by which the keys are known again; they tell nothing of a key."""
        return self.root / "keyring-check.json"

    @property
    def known_names(self) -> Path:
        """Keyed hashes of the words of names that the HR system knows, for scrubbing free text."""
        return self.root / "protected" / "known-names"

    @property
    def ledger(self) -> Path:
        """What publishers say they published, one JSON document a line."""
        return self.root / "published.jsonl"

    @property
    def replays(self) -> Path:
        """Which rejected events were replayed, one JSON document a line."""
        return self.root / "replays.jsonl"

    @property
    def audit(self) -> Path:
        """Who opened originals of rejected events, and when, one JSON document a line."""
        return self.root / "audit.jsonl"

    @property
    def erasures(self) -> Path:
        """The register of erased people, as keyed hashes, its key, and the evidence of each erasure."""
        return self.root / "erasures"

    @property
    def warehouse(self) -> Path:
        """The warehouse that one process at a time writes."""
        return self.root / "warehouse" / "warehouse.duckdb"

    @property
    def publications(self) -> Path:
        """The published warehouses, and ``current.duckdb`` that analysts open."""
        return self.root / "publications"

    @property
    def published(self) -> Path:
        """The publication that analysts open."""
        return self.publications / "current.duckdb"

    @property
    def publication_moves(self) -> Path:
        """Rollbacks and releases of publications, one JSON document a line."""
        return self.publications / "moves.jsonl"

    @property
    def dashboards(self) -> Path:
        """The dashboards of kept publications, and ``current`` that leaders open."""
        return self.root / "dashboards"

    @property
    def dashboard(self) -> Path:
        """The dashboard that leaders open."""
        return self.dashboards / "current"

    @property
    def exports(self) -> Path:
        """What was handed out as files, one JSON document a line."""
        return self.root / "exports.jsonl"

    @property
    def dagster(self) -> Path:
        """Home of Dagster: its runs, events and schedules."""
        return self.root / "dagster"

    @property
    def logs(self) -> Path:
        """Log files of the services."""
        return self.root / "logs"

    @property
    def streams(self) -> Path:
        """Working folder of the stream workers."""
        return self.root / "streams"

    @property
    def intake_tokens(self) -> Path:
        """Hashes of the tokens by which source systems identify themselves to the HTTP intake."""
        return self.root / "intake-tokens.json"

    @property
    def services(self) -> Path:
        """Process numbers and addresses of the services that `make up` started."""
        return self.root / "services"

    def prepare(self, folder: Path) -> Path:
        """Create a folder readable by its owner only; raises :class:`StateFolderError` if that fails."""
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StateFolderError(f"{folder}: {error.strerror}") from None
        return folder
