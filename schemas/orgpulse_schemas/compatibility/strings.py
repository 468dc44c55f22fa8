"""Texts: lengths, patterns and formats, each proven from the others where the automata can."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from orgpulse_schemas.compatibility.branches import Branch
from orgpulse_schemas.compatibility.change import BreakingChange, Path, Rule, breaking
from orgpulse_schemas.compatibility.patterns import can_follow, no_text

KEYWORDS: Final = ("minLength", "maxLength", "pattern", "format")
_WIDER_FORMATS: Final = {
    "email": ("idn-email",),
    "hostname": ("idn-hostname",),
    "uri": ("iri", "uri-reference", "iri-reference"),
    "iri": ("iri-reference",),
    "uri-reference": ("iri-reference",),
}
"""Formats that accept everything that the named one accepts."""


@dataclass(frozen=True, slots=True)
class Texts:
    """What a branch of texts states."""

    shortest: int
    longest: int | None
    matching: frozenset[str]
    failing: frozenset[str]
    formats: frozenset[str]

    @property
    def empty(self) -> bool:
        """Whether it is proven that there is no such text."""
        if self.longest is not None and self.longest < self.shortest:
            return True
        return bool(self.matching | self.failing) and self.lack(self.shortest, self.longest)

    def lack(self, shortest: int, longest: int | None, *, failing: frozenset[str] = frozenset()) -> bool:
        """Whether it is proven that none has such a length and fails these patterns too."""
        return no_text(self.matching, self.failing | failing, shortest, longest)


def texts_of(branch: Branch) -> Texts:
    """What the parts of a branch of texts state together."""
    parts = branch.parts
    denied = [part["not"] for part in parts if isinstance(part.get("not"), dict)]
    return Texts(
        shortest=max((part["minLength"] for part in parts if "minLength" in part), default=0),
        longest=min((part["maxLength"] for part in parts if "maxLength" in part), default=None),
        matching=frozenset(part["pattern"] for part in parts if "pattern" in part),
        failing=frozenset(schema["pattern"] for schema in denied if schema.keys() == {"pattern"}),
        formats=frozenset(part["format"] for part in parts if "format" in part),
    )


def string_changes(branch: Branch, new: dict[str, Any], at: Path) -> Iterator[BreakingChange]:
    """What the text keywords of the new schema refuse of a branch."""
    texts = texts_of(branch)
    for keyword in KEYWORDS:
        if keyword not in new or _holds(keyword, new[keyword], texts):
            continue
        match keyword:
            case "pattern":
                yield breaking(
                    at, Rule.PATTERN_NARROWED, f"only texts that match {new[keyword]} are accepted now"
                )
            case "format":
                yield breaking(at, Rule.FORMAT_NARROWED, f"only the format {new[keyword]} is accepted now")
            case _:
                yield breaking(at, Rule.BOUND_TIGHTENED, f"{keyword} is {new[keyword]} now")


def _holds(keyword: str, value: Any, texts: Texts) -> bool:
    match keyword:
        case "minLength":
            return texts.shortest >= value or _no_shorter(texts, value)
        case "maxLength":
            known = texts.longest is not None and texts.longest <= value
            return known or (
                bool(texts.matching) and texts.lack(max(texts.shortest, value + 1), texts.longest)
            )
        case "pattern":
            if value in texts.matching:
                return True
            narrower = texts.lack(texts.shortest, texts.longest, failing=frozenset({value}))
            return narrower and can_follow(value)
        case _:
            return any(value == held or value in _WIDER_FORMATS.get(held, ()) for held in texts.formats)


def _no_shorter(texts: Texts, length: int) -> bool:
    longest = length - 1 if texts.longest is None else min(texts.longest, length - 1)
    return bool(texts.matching) and texts.lack(texts.shortest, longest)
