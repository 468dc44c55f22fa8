"""From a cell to a value: text, number, truth, date or time, written as the mapping says."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from orgpulse_platform.mapping.model import Format
from orgpulse_platform.mapping.readers.row import Cell
from orgpulse_platform.mapping.refusal import RefusedError, RowReason
from orgpulse_schemas.reasons import Reason

MAX_MAGNITUDE: Final = 30
"""Powers of ten beyond which no figure lies; a larger exponent is a mistake or an attack."""
_SPACES: Final = "[ \u00a0\u202f]"
_DAMAGED: Final = re.compile("[\ud800-\udfff\ufffd]")
_TRUTHS: Final = {"true": True, "false": False}

NumberParser = Callable[[str], Decimal]


def text_of(cell: Cell) -> str:
    """The cell as text, the same for the same value in every kind of file; raises :class:`RefusedError`."""
    match cell:
        case str():
            if not cell.isascii() and _DAMAGED.search(cell):
                raise RefusedError(RowReason.WRONG_ENCODING)
            return cell
        case bool():
            return "true" if cell else "false"
        case Decimal():
            return f"{_bounded(cell):f}"
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
        case None:
            raise RefusedError(Reason.WRONG_TYPE)


def number_of(cell: Cell, parse: NumberParser) -> Decimal:
    """The number in a cell; raises :class:`RefusedError`."""
    match cell:
        case Decimal():
            return _bounded(cell)
        case str():
            return parse(text_of(cell))
        case _:
            raise RefusedError(Reason.WRONG_TYPE)


def _from_trailing(text: str) -> str:
    return f"{text[-1]}{text[:-1]}" if text[-1:] in {"-", "+"} else text


def _from_parentheses(text: str) -> str:
    return f"-{text[1:-1]}" if text.startswith("(") and text.endswith(")") else text


_SIGN_FIRST: Final[dict[str, Callable[[str], str]]] = {
    "leading": str,
    "trailing": _from_trailing,
    "parentheses": _from_parentheses,
}
"""Puts the sign before the digits, by where the format writes it."""


@lru_cache(maxsize=64)
def number_parser(format: Format) -> NumberParser:
    """A parser of numbers as a format writes them. Groups must have three digits, so that a decimal comma
    is not taken for a thousands comma without notice."""
    group = format.thousands_separator
    mark = _SPACES if group == " " else re.escape(group or "")
    whole = rf"[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+|[0-9]+" if group else "[0-9]+"
    point = re.escape(format.decimal_separator)
    pattern = re.compile(rf"([-+]?)({whole})(?:{point}([0-9]+))?((?:[eE][-+]?[0-9]{{1,2}})?)")
    sign_first = _SIGN_FIRST[format.negative]
    grouping = re.compile(mark) if group else None

    def parse(text: str) -> Decimal:
        match = pattern.fullmatch(sign_first(text))
        if match is None:
            raise RefusedError(Reason.WRONG_TYPE)
        sign, digits, decimals, exponent = match.groups()
        digits = grouping.sub("", digits) if grouping else digits
        return _bounded(
            Decimal(f"{sign}{digits}.{decimals or '0'}{exponent}")
            if decimals or exponent
            else Decimal(f"{sign}{digits}")
        )

    return parse


def truth_of(cell: Cell) -> bool:
    """``true`` or ``false``, in any case of letters; raises :class:`RefusedError`."""
    if isinstance(cell, bool):
        return cell
    truth = _TRUTHS.get(text_of(cell).lower())
    if truth is None:
        raise RefusedError(Reason.WRONG_TYPE)
    return truth


def date_of(cell: Cell, format: str | None) -> date:
    """The day in a cell; raises :class:`RefusedError`, also where a time of day stands with it."""
    if isinstance(cell, datetime):
        if cell.time() != time():
            raise RefusedError(Reason.WRONG_TYPE)
        return cell.date()
    text = text_of(cell)
    try:
        return datetime.strptime(text, format).date() if format else date.fromisoformat(text)
    except ValueError:
        pass
    raise RefusedError(Reason.IMPOSSIBLE_DATE)


def time_of(cell: Cell, format: str | None, zone: str) -> datetime:
    """The moment in a cell, in UTC; a day alone is its midnight in the zone. Raises :class:`RefusedError`."""
    try:
        if isinstance(cell, datetime):
            moment = cell
        elif format:
            moment = datetime.strptime(text_of(cell), format)
        else:
            moment = datetime.fromisoformat(text_of(cell))
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise RefusedError(Reason.IMPOSSIBLE_DATE)


def _bounded(number: Decimal) -> Decimal:
    if not number.is_finite() or (number and abs(number.adjusted()) > MAX_MAGNITUDE):
        raise RefusedError(Reason.INVALID_VALUE)
    if -number.as_tuple().exponent > 2 * MAX_MAGNITUDE:  # type: ignore[operator] # finite, so a number
        raise RefusedError(Reason.INVALID_VALUE)
    return number
