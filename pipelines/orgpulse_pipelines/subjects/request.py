"""A request: about whom, and where to look."""

from dataclasses import dataclass
from pathlib import Path

from orgpulse_pipelines.subjects.subject import Subject
from orgpulse_platform.keyring import Keyring
from orgpulse_platform.settings import Settings
from orgpulse_platform.topic_scan import Progress


@dataclass(frozen=True)
class Request:
    """What every command about a person needs."""

    settings: Settings
    """With the address of the cluster."""
    subject: Subject
    keyring: Keyring
    folders: tuple[Path, ...]
    """Inboxes, spools and saved exports."""
    progress: Progress
    """Told how far the reading of the topics is."""
    command: str
    """What the audit log says when originals of rejected events are opened."""
