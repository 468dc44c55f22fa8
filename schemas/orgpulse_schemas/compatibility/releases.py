"""Released versions: what a contract promised once, in files that never change.

``released/<event type>/<number>.json`` holds one released state; ``released/manifest.json`` holds the SHA-256
of every such file, so that an edited one is noticed.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from orgpulse_schemas.compatibility.document import LIST, MAP, ONE, text_of
from orgpulse_schemas.contract import About
from orgpulse_schemas.export.json_schema import event_schema, protected_schema

_MANIFEST: Final = "manifest.json"
_WORDING: Final = frozenset(("$comment", "$id", "$schema", "default", "description", "examples", "title"))
"""Keywords that only people read."""


@dataclass(frozen=True, slots=True)
class Release:
    """One released state of a contract."""

    event_type: str
    number: int
    """Counts the released states of one major version, from 1."""
    key: str
    """The field that is the record key."""
    retention_days: int
    """How long the protected event is kept, in days."""
    event: dict[str, Any]
    """JSON Schema of the published event."""
    protected: dict[str, Any]
    """JSON Schema of the protected payload."""


class Releases:
    """The released versions in a folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or Path(str(files("orgpulse_schemas") / "released"))

    def event_types(self) -> tuple[str, ...]:
        """Every type that has been released, sorted."""
        folders = self._folder.iterdir() if self._folder.is_dir() else ()
        return tuple(sorted(folder.name for folder in folders if folder.is_dir()))

    def of(self, event_type: str) -> tuple[Release, ...]:
        """The released states of a type, oldest first; a file that is no release is a changed file."""
        read = (_read(event_type, path) for path in (self._folder / event_type).glob("*.json"))
        return tuple(sorted(filter(None, read), key=lambda release: release.number))

    def freeze(self, about: About) -> Release | None:
        """Release the current state of a contract; nothing if it is released already, wording aside."""
        current = _current(about, len(self.of(about.event_type)) + 1)
        if self.is_released(about):
            return None
        path = self._folder / about.event_type / f"{current.number}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_written(current))
        manifest = {**self._manifest(), self._name(path): _digest(path)}
        text = json.dumps(dict(sorted(manifest.items())), indent=2)
        (self._folder / _MANIFEST).write_text(text + "\n")
        return current

    def is_released(self, about: About) -> bool:
        """Whether the newest released state is the current one, wording aside."""
        released = self.of(about.event_type)
        return bool(released) and _essence(released[-1]) == _essence(_current(about, 0))

    def changed_files(self) -> tuple[str, ...]:
        """Released files that are not as they were released: edited, lost or never released."""
        manifest = self._manifest()
        present = {self._name(path): path for path in self._folder.glob("*/*.json")}
        wrong = {name for name, path in present.items() if manifest.get(name) != _digest(path)}
        return tuple(sorted(wrong | (manifest.keys() - present.keys())))

    def _manifest(self) -> dict[str, str]:
        path = self._folder / _MANIFEST
        manifest: dict[str, str] = json.loads(path.read_bytes()) if path.exists() else {}
        return manifest

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def _read(event_type: str, path: Path) -> Release | None:
    try:
        return Release(**{**json.loads(path.read_bytes()), "event_type": event_type})
    except (TypeError, ValueError):
        return None


def _current(about: About, number: int) -> Release:
    schemas = event_schema(about), protected_schema(about)
    return Release(about.event_type, number, about.key, about.retention_days, *schemas)


def _written(release: Release) -> bytes:
    document = {
        "event_type": release.event_type,
        "number": release.number,
        "key": release.key,
        "retention_days": release.retention_days,
        "event": release.event,
        "protected": release.protected,
    }
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _essence(release: Release) -> str:
    """What a release says, without the wording."""
    schemas = [_without_wording(release.event), _without_wording(release.protected)]
    return text_of([release.key, release.retention_days, *schemas])


def _without_wording(schema: Any) -> Any:
    if not isinstance(schema, dict):
        return schema
    return dict(_meant(schema))


def _meant(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for keyword, value in schema.items():
        if keyword in ONE:
            yield keyword, _without_wording(value)
        elif keyword in LIST:
            yield keyword, [_without_wording(item) for item in value]
        elif keyword in MAP:
            yield keyword, {name: _without_wording(item) for name, item in value.items()}
        elif keyword not in _WORDING:
            yield keyword, value
