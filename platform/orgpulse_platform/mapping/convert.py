"""From the cells of a row to the fields of a contract."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from orgpulse_platform.mapping.model import FieldRule, Format, Scalar
from orgpulse_platform.mapping.readers.row import Cell
from orgpulse_platform.mapping.refusal import RefusedError, RowReason
from orgpulse_platform.mapping.template import Template
from orgpulse_platform.mapping.values import (
    NumberParser,
    date_of,
    number_of,
    number_parser,
    text_of,
    time_of,
    truth_of,
)
from orgpulse_schemas.contract import ContractField
from orgpulse_schemas.protected import LogicalType, logical_type
from orgpulse_schemas.reasons import Reason

JsonValue = str | int | bool | None
"""A value as the event carries it; decimals are texts, so that no digit is lost."""
Cells = Mapping[str, Cell]
MAX_INTEGER: Final = 2**63 - 1
_EXACT: Final = Context(prec=150, rounding=ROUND_HALF_UP)
"""More digits than a bounded number times a scale can have."""


@dataclass(frozen=True, slots=True)
class Literals:
    """Turns what stands in a mapping itself into values of a field."""

    type: LogicalType

    def value(self, scalar: Scalar) -> JsonValue:
        """The value of the field; raises :class:`RefusedError` if the field cannot hold it."""
        return None if scalar is None else typed(self.type, scalar, PLAIN)


@dataclass(frozen=True, slots=True)
class Writing:
    """How a column writes the values of a field, and what makes them the contract's."""

    parse_number: NumberParser
    date_format: str | None = None
    scale: Decimal | None = None
    quantum: Decimal | None = None
    """Smallest step to which numbers are rounded; none where they are not."""

    def number(self, cell: Cell) -> Decimal:
        """The number in the contract's unit; raises :class:`RefusedError`."""
        number = number_of(cell, self.parse_number)
        if self.scale is not None:
            number = _EXACT.multiply(number, self.scale)
        return number if self.quantum is None else number.quantize(self.quantum, context=_EXACT)


PLAIN: Final = Writing(number_parser(Format()))
"""How values are written in the mapping itself."""


class FieldConverter:
    """Makes one field of the contract; the rule is taken as checked."""

    def __init__(self, field: ContractField, rule: FieldRule, format: Format) -> None:
        self.name = field.name
        self._rule = rule
        self._type = logical_type(field.annotation)
        self._empty_cells = format.empty_cells
        self._template = None if rule.template is None else Template.parse(rule.template)
        literals = Literals(self._type)
        self._constant = literals.value(rule.constant)
        self._empty = literals.value(rule.empty)
        self._map: dict[str, JsonValue] | None = None
        if rule.map is not None:
            self._map = {text: literals.value(scalar) for text, scalar in rule.map.items()}
        self._writing = Writing(
            number_parser(format),
            rule.format,
            rule.scale,
            Decimal(1).scaleb(-decimal_places(field)) if rule.round else None,
        )

    def convert(self, cells: Cells) -> JsonValue:
        """The value of the field in a row; raises :class:`RefusedError`."""
        if self._rule.is_constant:
            return self._constant
        cell = self._cell(cells)
        if cell == "":
            return self._when_empty()
        if self._map is None:
            return typed(self._type, cell, self._writing)
        text = text_of(cell)
        if text not in self._map:
            raise RefusedError(RowReason.NOT_IN_MAP)
        value = self._map[text]
        return self._when_empty() if value is None else value

    def _cell(self, cells: Cells) -> Cell:
        if self._template is None:
            return read(cells, str(self._rule.column), self._empty_cells)
        return self._template.render(lambda column: text_of(read(cells, column, self._empty_cells)))

    def _when_empty(self) -> JsonValue:
        if not self._rule.states_empty:
            raise RefusedError(Reason.MISSING_FIELD)
        return self._empty


def typed(type_: LogicalType, cell: Cell, writing: Writing) -> JsonValue:
    """A cell as a value of a field's type; raises :class:`RefusedError`."""
    match type_:
        case LogicalType.TEXT:
            return text_of(cell)
        case LogicalType.BOOLEAN:
            return truth_of(cell)
        case LogicalType.INTEGER:
            return _whole(writing.number(cell))
        case LogicalType.DECIMAL:
            return f"{writing.number(cell):f}"
        case LogicalType.DATE:
            return date_of(cell, writing.date_format).isoformat()
        case LogicalType.TIMESTAMP:
            return time_of(cell, writing.date_format, "UTC").isoformat()


def _whole(number: Decimal) -> int:
    if number != number.to_integral_value():
        raise RefusedError(Reason.WRONG_TYPE)
    if abs(number) > MAX_INTEGER:
        raise RefusedError(Reason.INVALID_VALUE)
    return int(number)


def decimal_places(field: ContractField) -> int:
    """Decimal places that a field allows; 0 for all that is no decimal number."""
    stated: list[Any] = [getattr(note, "decimal_places", None) for note in field.notes]
    return next((int(places) for places in stated if places is not None), 0)


def read(cells: Cells, column: str, empty_cells: Collection[str]) -> Cell:
    """The cell of a column, an empty text for all that the format calls empty."""
    cell = cells[column]
    return "" if isinstance(cell, str) and cell in empty_cells else cell
