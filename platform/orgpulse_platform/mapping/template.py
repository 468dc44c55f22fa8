"""Texts with columns in braces: ``F{Id:06}``, ``{Year}-12-31``."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

_PLACE: Final = re.compile(r"\{(?P<column>[^{}]+?)(?::0(?P<width>[1-9][0-9]?))?\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A parsed template."""

    literals: tuple[str, ...]
    """Text before each place, and after the last one."""
    places: tuple[tuple[str, int], ...]
    """Column of each place, and the width to which zeros fill it up."""

    @classmethod
    def parse(cls, text: str) -> "Template":
        """Read a template; raises :class:`ValueError` where a brace has no partner."""
        literals: list[str] = []
        places: list[tuple[str, int]] = []
        end = 0
        for match in _PLACE.finditer(text):
            literals.append(text[end : match.start()])
            places.append((match["column"].strip(), int(match["width"] or 0)))
            end = match.end()
        literals.append(text[end:])
        if any(brace in literal for literal in literals for brace in "{}"):
            raise ValueError("a column stands in a pair of braces, {Column} or {Column:06}")
        return cls(tuple(literals), tuple(places))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it needs."""
        return tuple(column for column, _ in self.places)

    def render(self, text_of: Callable[[str], str]) -> str:
        """The text with every column filled in; empty where one of the columns is."""
        found = [self.literals[0]]
        for (column, width), literal in zip(self.places, self.literals[1:], strict=True):
            text = text_of(column)
            if not text:
                return ""
            found += (text.zfill(width), literal)
        return "".join(found)
