"""The text of a mapping as plain values, with the line of every key, so that errors can name it.

Read by YAML's syntax but not by its guesses: ``NO`` and ``2019-12-31`` stay the texts they are and ``0.1``
stays exact; only ``null``, ``true`` and ``false`` mean something else than their letters.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import yaml

from orgpulse_platform.mapping.errors import MappingError

KeyPath = tuple[str | int, ...]
_MEANINGS: Final[dict[str, Any]] = {"": None, "~": None, "null": None, "true": True, "false": False}


class Lines:
    """Where each key of a mapping stands."""

    def __init__(self, label: str) -> None:
        self.label = label
        self._lines: dict[KeyPath, int] = {(): 1}

    def put(self, path: KeyPath, node: yaml.Node) -> None:
        """Remember the line of a key, the first mention of it."""
        self._lines.setdefault(path, node.start_mark.line + 1)

    def of(self, path: KeyPath) -> int:
        """The line of a key, or of the nearest key around it that stands in the text."""
        while path not in self._lines:
            path = path[:-1]
        return self._lines[path]

    def error(self, problems: Sequence[tuple[KeyPath, str]]) -> MappingError:
        """One error that names every problem with its line."""
        numbered = sorted((self.of(path), text) for path, text in problems)
        return MappingError("\n".join(f"{self.label}, line {line}: {text}" for line, text in numbered))


def read_source(text: str, label: str) -> tuple[Mapping[str, Any], Lines]:
    """The values of a mapping and their lines; raises :class:`MappingError` if it is no YAML mapping."""
    lines = Lines(label)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise MappingError(f"{label}, line {line}: no YAML ({error.problem or error.context})") from None
    except yaml.YAMLError:
        raise MappingError(f"{label}: no YAML; it holds characters that no text file has") from None
    if not isinstance(root, yaml.MappingNode):
        raise MappingError(f"{label}, line 1: a mapping consists of `key: value` lines")
    return _Walk(lines).mapping(root, ()), lines


class _Walk:
    """Turns nodes into values, each node once."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._seen: set[int] = set()

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise self._error(path, key, "a key is a single word or text")
            here = (*path, key.value)
            if key.value in values:
                raise self._error(path, key, f"`{key.value}` stands twice")
            self._lines.put(here, key)
            values[key.value] = self._value(value, here)
        return values

    def _value(self, node: yaml.Node, path: KeyPath) -> Any:
        if id(node) in self._seen:
            raise self._error(path, node, "a mapping uses no anchors (`&name`, `*name`)")
        self._seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            items = list(enumerate(node.value))
            for index, item in items:
                self._lines.put((*path, index), item)
            return [self._value(item, (*path, index)) for index, item in items]
        if isinstance(node, yaml.ScalarNode) and node.style is None:
            return _MEANINGS.get(node.value, node.value)
        return node.value

    def _error(self, path: KeyPath, node: yaml.Node, text: str) -> MappingError:
        return MappingError(f"{self._lines.label}, line {node.start_mark.line + 1}: {text}")
