"""One figure on its way through evaluation, suppression and judgement."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from orgpulse_pipelines.indicators.definition import Definition, Part

Suppression = Literal["none", "primary", "complementary"]
"""``primary``: counts too few people. ``complementary``: would give such a figure back by subtraction."""


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period."""

    start: date
    end: date
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """The figure of an indicator for a period and a part of the organisation."""

    definition: Definition
    period: Period
    dimension: str
    """``organisation`` or the name of a dimension."""
    member: str
    """``all`` or the member of the dimension."""
    numerator: Decimal | None
    denominator: Decimal | None
    suppression: Suppression = "none"

    @property
    def is_total(self) -> bool:
        """Whether it stands for the whole organisation."""
        return self.dimension == "organisation"

    @property
    def value(self) -> Decimal | None:
        """Numerator over denominator times factor; nothing where the denominator is empty or zero."""
        if self.numerator is None:
            return None
        if not self.definition.is_ratio:
            return self.numerator * self.definition.factor
        if not self.denominator:
            return None
        return self.numerator / self.denominator * self.definition.factor

    def people(self, part: Part) -> Decimal:
        """How many people a part counts."""
        numerator, denominator = self.numerator or Decimal(0), self.denominator or Decimal(0)
        match part:
            case "numerator":
                return numerator
            case "denominator":
                return denominator
            case "remainder":
                return denominator - numerator

    def suppressed(self, reason: Suppression) -> "Cell":
        """The same cell without its figures."""
        return replace(self, numerator=None, denominator=None, suppression=reason)
