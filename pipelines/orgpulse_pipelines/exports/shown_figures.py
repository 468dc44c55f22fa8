"""What is shown of an indicator about people, and how many people stand behind each figure."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from orgpulse_pipelines.exports.sum_by_sum import Cell, Key, Sum
from orgpulse_pipelines.indicators.definition import Definition, Part

UNKNOWN: Final = Decimal("0.000001")
"""Somebody, and nearly nobody: the people behind a figure that the publication hides."""
Values = Mapping[Key, tuple[Decimal, Decimal] | None]
"""Numerator and denominator of each figure; nothing where it is hidden."""


class ShownFigures:
    """The figures of one version of an indicator about people, as far as they leave."""

    def __init__(self, definition: Definition, values: Values, sums: list[Sum]) -> None:
        self.definition = definition
        self.values = values
        self.sums = sums
        self.parts: tuple[Part, ...] = definition.small_number.protects if definition.small_number else ()
        self.hidden = frozenset(key for key, value in values.items() if value is None)
        """What the publication hides."""
        self.cells = {key: Cell(tuple(self.people(key, part) for part in self.parts)) for key in values}

    def people(self, key: Key, part: Part) -> Decimal:
        """How many people a part of a figure counts; hardly anybody where it is hidden."""
        value = self.values[key]
        if value is None:
            return UNKNOWN
        numerator, denominator = value
        return {"numerator": numerator, "denominator": denominator, "remainder": denominator - numerator}[
            part
        ]
