"""What an indicator is: a versioned definition kept as data, with its measures as SQL over core and marts."""

from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from orgpulse_pipelines.indicators.errors import IndicatorDefinitionError
from orgpulse_pipelines.yaml_text import parse_yaml

_TOTALS: Final = ("sum", "distinct")
"""Aggregates that count or add up."""
DEFINITIONS: Final = Path(__file__).parent / "definitions"
"""Folder of the definitions that ship with the platform, one version of an indicator a file."""

Pillar = Literal["principled", "purposeful", "prepared"]
Direction = Literal["higher", "lower", "neutral"]
Part = Literal["numerator", "denominator", "remainder"]
Grain = Literal["month", "quarter", "year", "year_to_date"]
Place = Literal["region", "regional_office", "office"]
GRAINS: Final[tuple[Grain, ...]] = ("month", "quarter", "year", "year_to_date")
PLACES: Final[tuple[Place, ...]] = ("region", "regional_office", "office")
EVERY_CONTRACT: Final = "every contract"
"""Stands for the names of all contracts, for indicators about the platform itself."""


class Measure(BaseModel):
    """A numerator or denominator: the rows that are put together, each with the days to which it belongs.

    The SQL is a select over core and marts. It knows no periods: the days of its rows say in which ones they
    count, and ``unit_id`` says in which part of the organisation. A row without a unit counts for the whole
    organisation alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    meaning: str = Field(min_length=10)
    """What is counted or added, for people."""
    counts: Literal["flow", "stock", "average", "age"]
    """``flow``: what happens in a period, by ``day``. ``stock``: what holds on the last day of a period, from
    ``valid_from`` up to, and not on, ``valid_to``. ``average``: half of the stock on the day before a period
    and half of that on its last day. ``age``: as stock, the value being the days from ``since`` to that day.
    """
    aggregate: Literal["sum", "distinct", "median", "concentration"] = "sum"
    """``distinct``: the number of different ``key``. ``concentration``: the sum over ``key`` of the squared
    shares of ``value`` (Herfindahl-Hirschman), 0 to 1."""
    sql: str = Field(min_length=20)
    """A select of (day, or valid_from and valid_to; unit_id; value or since; event_id; key where the
    aggregate asks for it; every dimension of the definition)."""

    @model_validator(mode="after")
    def _fits(self) -> "Measure":
        if self.counts == "average" and self.aggregate != "sum":
            raise ValueError("an average stock is a sum")
        return self


class SmallNumber(BaseModel):
    """Which parts of an indicator count people, and must not show few of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    protects: tuple[Part, ...] = Field(min_length=1)
    """``remainder`` is the denominator without the numerator: those of whom it is not true."""
    minimum: int | None = Field(default=None, ge=2)
    """Fewest people that may be shown; empty for the platform's own threshold."""


class Dominance(BaseModel):
    """Whose gifts a total must not tell: the p%-rule, with the percentages of the settings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    giver: str = Field(pattern=r"^[a-z][a-z_]{2,30}$")
    """Column of the numerator that says who gave; empty for whoever may be known, such as a state."""


class Definition(BaseModel):
    """One version of an indicator."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{3,62}$")
    version: int = Field(ge=1)
    effective_from: date
    """First day on which this version holds. A period is measured by the version of its last day."""
    pillar: Pillar
    system: str = Field(pattern=r"^(PR|PU|PE)-[0-9]$")
    """Source system that answers for the subject."""
    title: str = Field(min_length=5, max_length=60)
    definition: str = Field(min_length=20)
    numerator: Measure
    denominator: Measure | None = None
    """Empty for counts and totals."""
    factor: Decimal = Decimal(1)
    """What the ratio is multiplied by; 100 for percentages."""
    unit: str = Field(min_length=1, max_length=30)
    decimals: int = Field(default=0, ge=0, le=4)
    """Digits after the point that are shown and that a trend is judged by."""
    direction: Direction
    """Whether a higher or a lower value is better."""
    periods: tuple[Grain, ...] = Field(default=GRAINS, min_length=1)
    """The reporting periods for which it says something."""
    places: tuple[Place, ...] = PLACES
    """The levels of the organisation that it is broken down by; offices by quarter and year alone."""
    dimensions: tuple[Annotated[str, Field(pattern=r"^[a-z][a-z_]{2,30}$")], ...] = ()
    """What it is broken down by besides: columns that the measures return. ``region`` may be one where the
    rows belong to no unit and name their region themselves; it is then no place."""
    empty_numerator: Literal["zero", "unknown"]
    """What it means that no row is found: nothing was counted, or nothing is known."""
    owner: str = Field(min_length=3)
    standard: str = Field(min_length=3)
    """The norm or publication it follows."""
    events: tuple[str, ...] = Field(min_length=1)
    """Names of the contracts whose events it is computed from, or ``EVERY_CONTRACT`` alone."""
    small_number: SmallNumber | None = None
    """Empty for indicators that count no people."""
    dominance: Dominance | None = None
    """Empty where no total is made of what single people gave."""
    limitations: str = Field(min_length=10)

    @model_validator(mode="after")
    def _parts_exist(self) -> "Definition":
        protected = self.small_number.protects if self.small_number else ()
        if self.denominator is None and {"denominator", "remainder"} & set(protected):
            raise ValueError("small_number protects a denominator, and there is none")
        if self.empty_numerator == "zero" and self.numerator.aggregate not in _TOTALS:
            raise ValueError(f"a {self.numerator.aggregate} of nothing is unknown, not zero: empty_numerator")
        if self.dominance and (self.places or self.is_ratio or not self.adds_up_over_time):
            raise ValueError("dominance is known of flows that add up, as totals and without places")
        taken = {"organisation", *self.places} & set(self.dimensions)
        if taken:
            raise ValueError(f"{', '.join(sorted(taken))} is a place, not a dimension")
        return self

    @cached_property
    def is_ratio(self) -> bool:
        """Whether it has a denominator, so that parts of the organisation can share one target."""
        return self.denominator is not None

    @property
    def adds_up_over_time(self) -> bool:
        """Whether a year's value is that of its months together: a target for one is none for the other."""
        return (
            self.denominator is None
            and self.numerator.counts == "flow"
            and self.numerator.aggregate in _TOTALS
        )

    @property
    def measures(self) -> dict[str, Measure]:
        """Its measures by side: the numerator and, where there is one, the denominator."""
        sides = {"numerator": self.numerator, "denominator": self.denominator}
        return {side: measure for side, measure in sides.items() if measure is not None}

    @property
    def formula(self) -> str:
        """How the value comes about, for people."""
        if self.denominator is None:
            return self.numerator.meaning
        factor = f" × {self.factor}" if self.factor != 1 else ""
        return f"{self.numerator.meaning} / {self.denominator.meaning}{factor}"


def load_definitions(folder: Path = DEFINITIONS) -> tuple[Definition, ...]:
    """Every version of every indicator, by pillar and file name.

    A file is named after its indicator, ``<id>.yaml``; an older version that still measures its own periods
    is kept beside it as ``<id>@<version>.yaml``. Raises :class:`IndicatorDefinitionError` naming the file.
    """
    definitions = [_load(path) for path in sorted(folder.glob("*.yaml"))]
    seen = set[tuple[str, int]]()
    for definition in definitions:
        if (definition.id, definition.version) in seen:
            raise IndicatorDefinitionError(f"{definition.id}: version {definition.version} stands twice")
        seen.add((definition.id, definition.version))
    order = ("principled", "purposeful", "prepared")
    return tuple(
        sorted(definitions, key=lambda one: (order.index(one.pillar), one.system, one.id, one.version))
    )


def versions_of(indicator_id: str, folder: Path = DEFINITIONS) -> tuple[Definition, ...]:
    """Every version of one indicator, oldest first; raises :class:`IndicatorDefinitionError`."""
    paths = [path for path in folder.glob(f"{indicator_id}*.yaml") if _indicator_of(path) == indicator_id]
    return tuple(sorted(map(_load, paths), key=lambda one: one.version))


def _indicator_of(path: Path) -> str:
    return path.stem.partition("@")[0]


def _load(path: Path) -> Definition:
    definition = _parsed(path.name, path.read_text(encoding="utf-8"))
    if _indicator_of(path) != definition.id:
        raise IndicatorDefinitionError(f"{path.name} holds the indicator {definition.id}")
    return definition


@cache
def _parsed(name: str, text: str) -> Definition:
    """A file's content: most commands ask for all definitions more than once."""
    try:
        return Definition.model_validate(parse_yaml(text))
    except yaml.YAMLError:
        raise IndicatorDefinitionError(f"{name} is not well-formed YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise IndicatorDefinitionError(f"{name}, {place}: {first['msg']}") from None


def effective_on(definitions: tuple[Definition, ...], indicator_id: str, day: date) -> Definition | None:
    """The version of an indicator that holds on a day, or nothing if none does yet."""
    held = (one for one in definitions if one.id == indicator_id and one.effective_from <= day)
    return max(held, key=lambda one: (one.effective_from, one.version), default=None)
