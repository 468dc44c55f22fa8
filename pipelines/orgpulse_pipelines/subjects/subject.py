"""Who a request is about: an identifier, its pseudonyms, and how either is known in stored bytes."""

import re
import sys
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Final

import orjson

from orgpulse_pipelines.subjects.errors import SubjectIdError
from orgpulse_platform.keyring import Keyring
from orgpulse_schemas.canonical import canonical_email, canonical_number

STANDARD_INPUT: Final = "-"
_SHORTEST: Final = 4
_LONGEST: Final = 254
_ADDRESS: Final = re.compile(r"""[^\s"'<>,;()]+@[^\s"'<>,;()]+""")
_NUMBER: Final = re.compile(r"[A-Z][0-9]{6,}")


@dataclass(frozen=True)
class Subject:
    """A person. Neither the identifier nor a pseudonym may stand in a log, an error or a file's name."""

    identifier: str = field(repr=False)
    """In its canonical spelling."""
    pseudonyms: frozenset[str] = field(repr=False)
    """Of every key version, in every domain, as it is not known in which ones events name the person."""

    def named_in(self, content: bytes | str | None) -> bool:
        """Whether the content holds a pseudonym, or the identifier in any spelling that contracts accept."""
        if content is None:
            return False
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        if self._written_in(text):
            return True
        if "\\u" not in text:
            return False
        with suppress(orjson.JSONDecodeError):  # JSON may write any sign by its number
            return self._written_in(orjson.dumps(orjson.loads(text)).decode())
        return False

    def under_pseudonym_in(self, content: bytes | None) -> bool:
        """Whether the content holds a pseudonym or the identifier as it is: quick, for protected data."""
        return content is not None and any(needle in content for needle in self._needles)

    def masked(self, text: str) -> str:
        """The text, such as a path, without the person."""
        masked = self._pattern.sub("(the person)", text)
        return "(named after the person)" if self.named_in(masked) else masked

    def _written_in(self, text: str) -> bool:
        plain = text if text.isascii() else text.translate(_plain_signs())
        if self._pattern.search(plain):
            return True
        return "@" in self.identifier and any(
            canonical_email(found[0]) == self.identifier for found in _ADDRESS.finditer(plain)
        )

    @cached_property
    def _needles(self) -> tuple[bytes, ...]:
        return tuple(one.encode() for one in (self.identifier, *sorted(self.pseudonyms)))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The identifier as a word, since P000042 is the beginning of P0000421; pseudonyms anywhere."""
        spelled = re.escape(self.identifier)
        if _NUMBER.fullmatch(self.identifier):  # with blanks and more zeros it is the same number
            spelled = rf"{self.identifier[0]}\s*(?:0\s*)*" + r"\s*".join(self.identifier[1:])
        words = (rf"(?<![A-Za-z0-9]){spelled}(?![A-Za-z0-9])", *map(re.escape, sorted(self.pseudonyms)))
        return re.compile("|".join(words), re.IGNORECASE)


def subject_of(keyring: Keyring, identifier: str) -> Subject:
    """The person of an identifier; raises :class:`SubjectIdError`."""
    text = identifier.strip()
    canonical = canonical_email(text) if "@" in text else canonical_number(text)
    if "@" not in text and not _NUMBER.fullmatch(canonical):
        canonical = text
    if not _SHORTEST <= len(canonical) <= _LONGEST or any(map(str.isspace, canonical)):
        raise SubjectIdError("it is too short, too long or more than one word")
    versions = keyring.all_pseudonyms(canonical).values()
    return Subject(canonical, frozenset(pseudonym for made in versions for pseudonym in made))


def read_identifier(argument: str | None, file: Path | None) -> str:
    """The identifier from where the caller put it; raises :class:`SubjectIdError`."""
    if (argument is None) == (file is None):
        raise SubjectIdError("give either the identifier or --id-file")
    if file is not None:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise SubjectIdError(f"the file of --id-file cannot be read ({type(error).__name__})") from None
    return sys.stdin.readline() if argument == STANDARD_INPUT else argument or ""


@cache
def _plain_signs() -> dict[int, Any]:
    """What contracts undo in a spelling: invisible signs, full-width signs, digits of other scripts."""
    signs = dict[int, Any]()
    for number in range(0x80, 0x20000):
        sign = chr(number)
        if unicodedata.category(sign) == "Cf":
            signs[number] = None
        elif unicodedata.category(sign) == "Nd":
            signs[number] = str(unicodedata.decimal(sign))
        elif unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>")):
            signs[number] = unicodedata.normalize("NFKC", sign)
    return signs
