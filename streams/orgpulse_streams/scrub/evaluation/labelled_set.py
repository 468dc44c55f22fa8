"""A labelled set: texts in which somebody marked every personal detail, in the layout of Presidio's sets."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, NamedTuple

from orgpulse_platform.errors import OrgPulseError

LAYOUT: Final = (
    "a JSON list of objects with `full_text` and `spans`; each span with `entity_type`, `start_position` and "
    "`end_position`, which count code points from 0, the end not included"
)
SAME: Final = {
    "PER": "PERSON",
    "NAME": "PERSON",
    "PREFIX": "TITLE",
    "EMAIL": "EMAIL_ADDRESS",
    "PHONE": "PHONE_NUMBER",
    "IBAN": "IBAN_CODE",
    "IP": "IP_ADDRESS",
    "SSN": "US_SSN",
    "DOMAIN_NAME": "URL",
    "US_PASSPORT": "PASSPORT",
    "US_DRIVER_LICENSE": "DRIVER_LICENSE",
    "ADDRESS": "STREET_ADDRESS",
    "DATE": "DATE_TIME",
    "DATE_OF_BIRTH": "DATE_TIME",
    "POSTCODE": "ZIP_CODE",
    "LOC": "GPE",
    "LOCATION": "GPE",
    "ORG": "ORGANIZATION",
}
"""Other names for a kind, as sets in use have them; counted under the name on the right."""


@dataclass
class LabelledSetError(OrgPulseError):
    """The labelled set cannot be read."""

    guidance = f"Give {LAYOUT}."


class Label(NamedTuple):
    """A personal detail that somebody marked; offsets in code points."""

    start: int
    end: int
    kind: str


class LabelledText(NamedTuple):
    """A text and all that is to be found in it."""

    text: str
    labels: tuple[Label, ...]


def read_labelled_set(path: Path) -> list[LabelledText]:
    """Read a set; raises :class:`LabelledSetError`, which names the place and never repeats a text."""
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LabelledSetError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise LabelledSetError(f"{path} is no UTF-8 text from byte {error.start} on") from None
    try:
        items = json.loads(content)
    except json.JSONDecodeError as error:
        raise LabelledSetError(f"{path}, line {error.lineno}: no JSON ({error.msg})") from None
    except RecursionError:
        raise LabelledSetError(f"{path} is nested too deeply") from None
    if not isinstance(items, list) or not items:
        raise LabelledSetError(f"{path} holds no list with a text in it")
    return [_text(item, f"{path}, text {number}") for number, item in enumerate(items, 1)]


def _text(item: Any, place: str) -> LabelledText:
    text = item.get("full_text") if isinstance(item, dict) else None
    if not isinstance(text, str):
        raise LabelledSetError(f"{place}: no full_text")
    spans = item.get("spans")
    if not isinstance(spans, list):
        raise LabelledSetError(f"{place}: no list of spans")
    return LabelledText(
        text, tuple(_label(span, text, f"{place}, span {n}") for n, span in enumerate(spans, 1))
    )


def _label(span: Any, text: str, place: str) -> Label:
    if not isinstance(span, dict):
        raise LabelledSetError(f"{place}: no object")
    kind, start, end = (span.get(key) for key in ("entity_type", "start_position", "end_position"))
    if not isinstance(kind, str) or not kind:
        raise LabelledSetError(f"{place}: no entity_type")
    if type(start) is not int or type(end) is not int:
        raise LabelledSetError(f"{place}: start_position and end_position are to be whole numbers")
    if not 0 <= start < end <= len(text):
        raise LabelledSetError(f"{place}: {start} to {end} is no part of a text of {len(text)} code points")
    return Label(start, end, SAME.get(kind, kind))
