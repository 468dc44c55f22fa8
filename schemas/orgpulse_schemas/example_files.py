"""The example events that travel with the contracts: those that must pass and those that must fail.

They are files in ``examples/<event type>/``: ``pass_<what>.json`` is a structured CloudEvent;
``fail_<what>.json`` holds under ``expect`` the first violation, and the record under ``event`` or, where it
is no JSON, under ``text``. The tests walk them, so a new contract or example is tested once it is there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import orjson

from orgpulse_schemas.reasons import Reason, Violation


@dataclass(frozen=True, slots=True)
class Example:
    """One example record of a contract."""

    event_type: str
    """The contract it belongs to: the name of its folder."""
    name: str
    """What it shows: its file name without suffix."""
    value: bytes
    """The record's value, as a source system would publish it."""
    violation: Violation | None
    """By what it is rejected; nothing if it passes."""


def example_folders() -> tuple[str, ...]:
    """Names of the folders that hold examples, sorted; each is to be an event type."""
    return tuple(sorted(folder.name for folder in _root().iterdir() if folder.is_dir()))


@cache
def examples_of(event_type: str) -> tuple[Example, ...]:
    """The examples of a contract by name; raises :class:`ValueError` for a file that is no example."""
    return tuple(sorted(_read(event_type), key=lambda example: example.name))


def _root() -> Traversable:
    return files("orgpulse_schemas") / "examples"


def _read(event_type: str) -> Iterator[Example]:
    folder = _root() / event_type
    for file in folder.iterdir() if folder.is_dir() else ():
        name = file.name.removesuffix(".json")
        if name.startswith("pass_"):
            yield Example(event_type, name, file.read_bytes(), None)
        elif name.startswith("fail_"):
            yield _failing(event_type, name, orjson.loads(file.read_bytes()))
        else:
            raise ValueError(f"{event_type}/{file.name} is neither pass_ nor fail_")


def _failing(event_type: str, name: str, content: dict[str, Any]) -> Example:
    expected = Violation(Reason(content["expect"]["reason"]), content["expect"]["path"])
    value = content["text"].encode() if "text" in content else orjson.dumps(content["event"])
    return Example(event_type, name, value, expected)
