"""What a framework is: items, the indicators that serve them, and thresholds by which these are scored."""

from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from orgpulse_pipelines.indicators.definition import Definition

Grain = Literal["quarter", "year"]
GRAINS: Final[tuple[Grain, ...]] = ("quarter", "year")
"""Kinds of period for which there are scores."""
Points = Annotated[Decimal, Field(ge=0, le=100)]


class Mapping(BaseModel):
    """An indicator that serves an item. Without thresholds it is shown beside the item and not scored."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    weight: Decimal | None = Field(default=None, gt=0)
    """How much its score counts among the scores of the item's indicators."""
    thresholds: tuple[tuple[Decimal, Points], ...] = ()
    """Values of the indicator, rising, each with the score that it earns. Between two values the score lies
    on the straight line; outside of them it is that of the nearest one."""
    periods: tuple[Grain, ...] = Field(default=GRAINS, min_length=1)
    """Periods that the thresholds are meant for; for what adds up over time, such as a year's revenue, the
    year alone unless this says otherwise."""
    roll_up: Literal["figure", "offices_by_denominator"] = "figure"
    """Whence the score of a region or of the organisation comes. ``figure``: from its own figure.
    ``offices_by_denominator``: from the scores of its offices, each weighted by the denominator of its
    figure, so that one office's surplus does not make up for what another lacks."""

    @model_validator(mode="after")
    def _thresholds_rise(self) -> "Mapping":
        if bool(self.thresholds) != (self.weight is not None):
            raise ValueError("thresholds need a weight and a weight needs thresholds")
        if not self.thresholds:
            return self
        if len(self.thresholds) == 1:
            raise ValueError("one threshold alone gives every value the same score")
        if any(value >= following for (value, _), (following, _) in pairwise(self.thresholds)):
            raise ValueError("the values of the thresholds must rise from each to the next")
        if self.rises is None:
            raise ValueError("the scores of the thresholds must rise throughout, or fall throughout")
        return self

    @property
    def is_scored(self) -> bool:
        """Whether it has a score, or is shown beside the item alone."""
        return self.weight is not None

    @property
    def rises(self) -> bool | None:
        """Whether a higher value earns a higher score; nothing if the scores go up and down, or stay."""
        steps = [following - score for (_, score), (_, following) in pairwise(self.thresholds)]
        if not any(steps) or (min(steps) < 0 < max(steps)):
            return None
        return max(steps) > 0


class Item(BaseModel):
    """Something that a framework asks for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_]{0,40}$")
    number: str | None = Field(default=None, max_length=10)
    """Its number in the framework's own edition, where it has one."""
    title: str = Field(min_length=5, max_length=80)
    indicators: tuple[Mapping, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_an_indicator_once(self) -> "Item":
        _require_unique([one.indicator for one in self.indicators], "indicator")
        return self


class Framework(BaseModel):
    """A methodology by which the organisation reports."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z][a-z0-9_]{2,40}$")
    title: str = Field(min_length=5, max_length=100)
    edition: str = Field(min_length=4)
    """Which edition it is, and who wrote it."""
    limitations: str = Field(min_length=20)
    """What the scores do not say."""
    minimum_coverage: Decimal = Field(default=Decimal("0.5"), gt=0, le=1)
    """An item has a score where indicators with at least this share of its weight have one; so has a place
    of which the offices are rolled up where offices with at least this share of its denominator have one."""
    items: tuple[Item, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_an_item_once(self) -> "Framework":
        _require_unique([item.id for item in self.items], "item")
        return self


def _require_unique(names: list[str], kind: str) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"the {kind} {twice[0]} stands twice")


def scored_periods(mapping: Mapping, indicator: Definition) -> tuple[Grain, ...]:
    """The kinds of period in which a mapping is scored; none where it has no thresholds."""
    if not mapping.is_scored:
        return ()
    asked: tuple[Grain, ...] = mapping.periods
    if indicator.adds_up_over_time and "periods" not in mapping.model_fields_set:
        asked = ("year",)
    return tuple(grain for grain in asked if grain in indicator.periods)


def scored_places(mapping: Mapping, indicator: Definition) -> tuple[str, ...]:
    """The levels at which a mapping is scored: a total's thresholds say nothing about a part of it."""
    if not mapping.is_scored:
        return ()
    if not indicator.is_ratio and indicator.numerator.aggregate != "median":
        return ("organisation",)
    region = tuple(name for name in indicator.dimensions if name == "region")
    return ("organisation", *indicator.places, *region)
