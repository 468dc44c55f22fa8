"""What an indicator is: a versioned definition kept as data, with its measures as SQL over core and marts."""

from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from orgpulse_pipelines.indicators.errors import IndicatorDefinitionError

DEFINITIONS: Final = Path(__file__).parent / "definitions"
"""Folder of the definitions that ship with the platform, one version of an indicator a file."""

Pillar = Literal["principled", "purposeful", "prepared"]
Direction = Literal["higher", "lower", "neutral"]
Part = Literal["numerator", "denominator", "remainder"]


class Measure(BaseModel):
    """A numerator or denominator: the rows whose values are added up."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    meaning: str = Field(min_length=10)
    """What is counted or added, for people."""
    sql: str = Field(min_length=20)
    """A select of (period_start, unit_id, value, event_id) over core, marts and the relation ``periods``
    (period_start, period_end, label). A row without a unit counts for the whole organisation only."""


class SmallNumber(BaseModel):
    """Which parts of an indicator count people, and must not show few of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    protects: tuple[Part, ...] = Field(min_length=1)
    """``remainder`` is the denominator without the numerator: those of whom it is not true."""
    minimum: int | None = Field(default=None, ge=2)
    """Fewest people that may be shown; empty for the platform's own threshold."""


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
    period: Literal["year"] = "year"
    dimensions: tuple[Literal["region"], ...] = ()
    """What the value is broken down by beside the whole organisation."""
    empty_numerator: Literal["zero", "unknown"]
    """What it means that no row is found: nothing was counted, or nothing is known."""
    owner: str = Field(min_length=3)
    standard: str = Field(min_length=3)
    """The norm or publication it follows."""
    events: tuple[str, ...] = Field(min_length=1)
    """Names of the contracts whose events it is computed from."""
    small_number: SmallNumber | None = None
    """Empty for indicators that count no people."""
    limitations: str = Field(min_length=10)

    @model_validator(mode="after")
    def _parts_exist(self) -> "Definition":
        protected = self.small_number.protects if self.small_number else ()
        if self.denominator is None and {"denominator", "remainder"} & set(protected):
            raise ValueError("small_number protects a denominator, and there is none")
        return self

    @cached_property
    def is_ratio(self) -> bool:
        """Whether it has a denominator, so that parts of the organisation can share one target."""
        return self.denominator is not None

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


def _load(path: Path) -> Definition:
    try:
        definition = Definition.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except yaml.YAMLError:
        raise IndicatorDefinitionError(f"{path.name} is not well-formed YAML") from None
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise IndicatorDefinitionError(f"{path.name}, {place}: {first['msg']}") from None
    if path.stem.partition("@")[0] != definition.id:
        raise IndicatorDefinitionError(f"{path.name} holds the indicator {definition.id}")
    return definition


def effective_on(definitions: tuple[Definition, ...], indicator_id: str, day: date) -> Definition | None:
    """The version of an indicator that holds on a day, or nothing if none does yet."""
    held = (one for one in definitions if one.id == indicator_id and one.effective_from <= day)
    return max(held, key=lambda one: (one.effective_from, one.version), default=None)
