"""One spelling for each identifier of a person, so that one person gets one pseudonym.

A field type that carries a :class:`Canonical` note reads other spellings of the same identifier and hands on
the canonical one, before its pattern is checked: a wrong identifier stays wrong.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

LONGEST: Final = 320
"""Characters of the longest text that is looked at: an e-mail address has 254, and some blanks around it."""
_NUMBER: Final = re.compile(r"([A-Z])0*([0-9]{6,})", re.ASCII)
_FOREIGN: Final = re.compile(r"(?=.*[^\x00-\x7f])[\w-]+")
_ACE: Final = "xn--"
"""Start of a domain label that is written in ASCII (RFC 3490)."""


def canonical_number(text: str) -> str:
    """A person's number as the HR system writes it: a capital letter and at least six ASCII digits.

    Undone are case, blanks, invisible signs, full-width signs, digits of other scripts, and more leading
    zeros than six digits need. Never undone is what could change the number: missing zeros, look-alike
    letters, superscripts (a footnote), signs of punctuation.
    """
    plain = "".join(_plain(text).split()).upper()
    match = _NUMBER.fullmatch(plain)
    return match[1] + match[2] if match else plain


def canonical_email(text: str) -> str:
    """An e-mail address as one mailbox: lower case, domain in Unicode letters, no sub-address.

    Undone are blanks around it, ``<…>``, ``mailto:``, full-width and decomposed signs, the ASCII form of
    an internationalised domain, its final dot, and what follows a ``+`` in the local part (RFC 5233).
    Dots in the local part stay: only one provider ignores them.
    """
    plain = unicodedata.normalize("NFC", _plain(text)).strip().lower()
    if plain.startswith("<") and plain.endswith(">"):
        plain = plain[1:-1].strip()
    local, at, domain = plain.removeprefix("mailto:").rpartition("@")
    if not at or not local:
        return plain
    labels = [_unicode_label(label) for label in domain.removesuffix(".").split(".")]
    return f"{local.partition('+')[0] or local}@{'.'.join(labels)}"


def _plain(text: str) -> str:
    """Without invisible signs; full-width signs and digits of every script as ASCII."""
    return text if text.isascii() else "".join(map(_plain_sign, text))


def _plain_sign(sign: str) -> str:
    category = unicodedata.category(sign)
    if category == "Cf":  # zero-width signs, marks of direction, the soft hyphen
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(sign))
    wide = unicodedata.decomposition(sign).startswith(("<wide>", "<narrow>"))
    return unicodedata.normalize("NFKC", sign) if wide else sign


def _unicode_label(label: str) -> str:
    if not label.startswith(_ACE):
        return label
    encoded = label.removeprefix(_ACE)
    try:
        decoded = encoded.encode("ascii").decode("punycode").lower()
        same = decoded.encode("punycode") == encoded.encode()  # what no browser would write stays as it is
    except UnicodeError:
        return label
    return unicodedata.normalize("NFC", decoded) if same and _FOREIGN.fullmatch(decoded) else label


@dataclass(frozen=True, slots=True)
class Canonical:
    """Annotates a text that is read in other spellings too; its pattern is that of the canonical one."""

    form: Callable[[str], str]
    """Makes the canonical spelling, or anything that the pattern refuses."""
    ready: str
    """Pattern of texts that are canonical beyond doubt: only the field's own check is left."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        checked = handler(source)
        read = core_schema.no_info_before_validator_function(partial(_read, self.form), checked)
        ready = core_schema.str_schema(pattern=self.ready, strict=True)
        taken = core_schema.chain_schema([ready, checked])
        return core_schema.union_schema([taken, read], mode="left_to_right")

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema names the one spelling that is asked for."""
        return handler(schema["choices"][-1]["schema"])


def _read(form: Callable[[str], str], value: Any) -> Any:
    return form(value) if isinstance(value, str) and len(value) <= LONGEST else value


PERSON_NUMBER: Final = Canonical(canonical_number, r"^[A-Z](?:[0-9]{6}|[1-9][0-9]{6})$")
EMAIL: Final = Canonical(
    canonical_email, r"^[a-z0-9._-]+@[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$"
)
