"""The values that a field takes, in words, for the people who fill it. Codes stand in backticks."""

import re
from collections.abc import Iterator
from typing import Any, Final, Literal, get_args, get_origin

from orgpulse_schemas.codes.code_list import CodeList
from orgpulse_schemas.contract import ContractField
from orgpulse_schemas.protected import LogicalType, logical_type

_NUMBERED: Final = re.compile(r"\^(?P<prefix>[A-Z]+)\[0-9\]\{(?P<digits>[0-9,]+)\}\$")
_NOT_BLANK: Final = r"\S"
_PLAIN: Final = {
    LogicalType.BOOLEAN: "`true` or `false`",
    LogicalType.DATE: "day, `YYYY-MM-DD`",
    LogicalType.TIMESTAMP: "moment, `YYYY-MM-DDThh:mm:ss` and its offset from UTC, such as `Z`",
}


def values_in_words(field: ContractField) -> str:
    """What a value of the field looks like, such as ``one of `low`, `high``` or ``day, `YYYY-MM-DD```."""
    words = _value(field)
    return f"{words}; may be `null`" if field.required and _may_be_null(field.annotation) else words


def code_list_of(field: ContractField) -> CodeList | None:
    """The code list that the field's values are taken from, if it is one that fields share."""
    return next((note for note in field.notes if isinstance(note, CodeList)), None)


def codes_of(field: ContractField) -> tuple[str, ...]:
    """Every code that the field takes; nothing if its values are not listed."""
    shared = code_list_of(field)
    return shared.codes if shared and shared.codes else tuple(_literals(field.annotation))


def _value(field: ContractField) -> str:
    shared = code_list_of(field)
    if shared and shared.codes:
        return f"one of the {len(shared.codes)} codes of the list {shared.title}"
    codes = codes_of(field)
    if codes:
        return f"one of {', '.join(f'`{code}`' for code in codes)}"
    logical = logical_type(field.annotation)
    match logical:
        case LogicalType.TEXT:
            return _text(field)
        case LogicalType.INTEGER:
            return f"whole number{_bounds(field)}"
        case LogicalType.DECIMAL:
            return (
                f"decimal{_bounds(field)}, at most {_stated(field, 'decimal_places')} digits after the point"
            )
        case _:
            return _PLAIN[logical]


def _text(field: ContractField) -> str:
    pattern = _stated(field, "pattern")
    numbered = _NUMBERED.fullmatch(pattern or "")
    if numbered:
        digits = numbered["digits"].replace(",", " to ")
        return f"`{numbered['prefix']}` and {digits} digits"
    words = "text"
    longest = _stated(field, "max_length")
    if longest is not None:
        shortest = _stated(field, "min_length")
        words += (
            f" of {shortest} to {longest:,} characters" if shortest else f", at most {longest:,} characters"
        )
    if pattern == _NOT_BLANK:
        return f"{words}, not only spaces"
    return f"{words}, by the pattern `{pattern}`" if pattern else words


def _bounds(field: ContractField) -> str:
    """``, 1 to 5`` or ``, 0 or more``; nothing where the bounds are only those of the digits."""
    low, high = _stated(field, "ge"), _stated(field, "le")
    if low is not None and high is not None:
        # A year is written without a separator, as everybody writes it.
        return f", {low} to {high}" if field.unit == "calendar year" else f", {low:,} to {high:,}"
    words = {"ge": "or more", "le": "or less"}
    bounds = [
        f", {value:,} {words[name]}" for name, value in (("ge", low), ("le", high)) if value is not None
    ]
    open_ = {"gt": "more than", "lt": "less than"}
    stated = ((said, _stated(field, name)) for name, said in open_.items())
    return "".join([*bounds, *(f", {said} {value:,}" for said, value in stated if value is not None)])


def _stated(field: ContractField, constraint: str) -> Any:
    found = (getattr(note, constraint, None) for note in field.notes)
    return next((value for value in found if value is not None), None)


def _literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    else:
        for argument in get_args(annotation):
            yield from _literals(argument)


def _may_be_null(annotation: Any) -> bool:
    return type(None) in get_args(annotation)
