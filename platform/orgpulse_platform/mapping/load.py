"""From the name or path of a mapping to a checked :class:`Mapping`."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from orgpulse_platform.mapping.errors import MappingError
from orgpulse_platform.mapping.model import FieldRule, Format, Mapping, TimeRule
from orgpulse_platform.mapping.source import KeyPath, Lines, read_source

_SUFFIXES: Final = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class LoadedMapping:
    """A mapping, and where its keys stand."""

    mapping: Mapping
    lines: Lines


def shipped_mappings() -> dict[str, Traversable]:
    """The mappings that come with the platform, by name."""
    folder = files(__package__) / "shipped"
    found = (file for file in folder.iterdir() if file.name.endswith(_SUFFIXES))
    return {file.name.rsplit(".", 1)[0]: file for file in sorted(found, key=lambda file: file.name)}


def shipped_text(name: str) -> str:
    """The text of a shipped mapping; raises :class:`MappingError` if there is none of this name."""
    shipped = shipped_mappings()
    if name not in shipped:
        raise MappingError(f"no mapping `{name}` is shipped{suggestion(name, shipped)}")
    return shipped[name].read_text(encoding="utf-8")


def load_mapping(name_or_path: str) -> LoadedMapping:
    """Read the mapping of this name or path; raises :class:`MappingError` that names the line."""
    path = Path(name_or_path)
    if path.suffix not in _SUFFIXES and not path.is_file():
        return parse_mapping(shipped_text(name_or_path), name_or_path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise MappingError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise MappingError(f"{path} is not written in UTF-8") from None
    return parse_mapping(text, path.name)


def parse_mapping(text: str, label: str) -> LoadedMapping:
    """Read the text of a mapping; raises :class:`MappingError` that names the line."""
    values, lines = read_source(text, label)
    try:
        return LoadedMapping(Mapping.model_validate(values), lines)
    except ValidationError as error:
        found = error.errors(include_url=False, include_input=False, include_context=False)
    raise lines.error([(tuple(item["loc"]), _words(item)) for item in found])


def suggestion(word: str, known: Iterable[str]) -> str:
    """`` (did you mean …?)`` for a word that is nearly one of those known, else nothing."""
    by_lower = {name.lower(): name for name in known}
    close = get_close_matches(word.lower(), by_lower, n=1, cutoff=0.7)
    return f" (did you mean `{by_lower[close[0]]}`?)" if close else ""


def _words(item: Any) -> str:
    """A pydantic error in the words of people who write mappings; it repeats keys, never values."""
    path: KeyPath = tuple(item["loc"])
    name = ".".join(str(part) for part in path) or "mapping"
    match item["type"]:
        case "extra_forbidden":
            return f"mappings know no key `{name}`{suggestion(str(path[-1]), _vocabulary(path[:-1]))}"
        case "missing":
            return f"`{name}` is missing"
        case "value_error":
            return f"`{name}`: {item['msg'].removeprefix('Value error, ')}"
        case _:
            return f"`{name}`: {item['msg'][:1].lower()}{item['msg'][1:]}"


def _vocabulary(path: KeyPath) -> Iterable[str]:
    """The keys that may stand in a part of a mapping."""
    match path:
        case ("format",):
            return Format.model_fields
        case ("time",):
            return TimeRule.model_fields
        case ("fields", _):
            return FieldRule.model_fields
        case _:
            return Mapping.model_fields
