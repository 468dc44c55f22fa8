"""Given names and surnames of many countries, folded so that spellings meet."""

import importlib
import pkgutil
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final, NamedTuple, Protocol

_PARTS: Final = re.compile(r"[^\W\d_]+")
_ARABIC: Final = str.maketrans("ٱىةک", "ايهك")
_NOT_NAMES: Final = frozenset(
    [
        "mac",
        "van",
        "von",
        "der",
        "del",
        "las",
        "los",
        "san",
        "santa",
        "bin",
        "ben",
        "ibn",
        "abu",
        "abd",
        "the",
        "and",
    ]
)


@lru_cache(65_536)
def folded(word: str) -> str:
    """A word without case, accents and the spellings of Arabic that vary from writer to writer."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_ARABIC)


def parts(name: str) -> list[str]:
    """The words of a name, folded: a hyphen and an apostrophe part words too."""
    return [folded(part) for part in _PARTS.findall(name)]


class Known(Protocol):
    """Who is known to the HR system."""

    def __contains__(self, word: object) -> bool:
        """Whether a folded word is part of a name there."""


class NameLists(NamedTuple):
    """Folded words that are names; many are words of a language too."""

    given: frozenset[str]
    surnames: frozenset[str]


@lru_cache(1)
def name_lists() -> NameLists:
    """The lists of the package Faker, which its contributors keep for some ninety languages."""
    import faker.providers.person as providers  # noqa: PLC0415 - costs 0.3 s, only where a text is scrubbed

    given: set[str] = set()
    surnames: set[str] = set()
    for module in pkgutil.iter_modules(providers.__path__):
        provider = importlib.import_module(f"{providers.__name__}.{module.name}").Provider
        for attribute in dir(provider):
            if re.fullmatch(r"(?!_|language).*names?(?:_.*|s)?", attribute):
                names = given if "first" in attribute or "middle" in attribute else surnames
                names.update(_words(getattr(provider, attribute)))
    return NameLists(frozenset(given - _NOT_NAMES), frozenset(surnames - _NOT_NAMES))


def _words(listed: Any) -> Iterator[str]:
    """The words of a provider's list, whose entries may be pairs or carry weights."""
    if isinstance(listed, str):
        yield from (part for part in parts(listed) if len(part) > 1)
    elif isinstance(listed, list | tuple | dict):
        for entry in listed:
            yield from _words(entry)
