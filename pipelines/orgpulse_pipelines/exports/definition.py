"""What may leave the organisation: a definition, kept as data, says to whom, why, by which agreement."""

from datetime import date
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from orgpulse_pipelines.indicators.audiences import Audience
from orgpulse_pipelines.indicators.definition import Grain

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,62}$")]
Format = Literal["csv", "parquet", "xlsx", "json"]
FIGURE_COLUMNS: Final = (
    "indicator_id",
    "title",
    "pillar",
    "definition",
    "grain",
    "period",
    "period_start",
    "period_end",
    "as_of",
    "dimension",
    "member",
    "numerator",
    "denominator",
    "value",
    "unit",
    "target",
    "status",
    "suppression",
)
"""Columns that an export of figures may have. Those that repeat the figure of another period, or say how it
moved, are not among them: they would show what is withheld there."""


class _Stated(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Recipient(_Stated):
    """Who receives it."""

    name: str = Field(min_length=3)
    kind: Literal["donor", "partner", "public", "internal"]
    place: Literal["inside", "outside"]
    """Inside or outside the organisation."""
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    """Seat of the recipient, ISO 3166-1 alpha-2; empty for the public, which is everywhere."""

    @model_validator(mode="after")
    def _fits(self) -> "Recipient":
        if (self.kind == "internal") != (self.place == "inside"):
            raise ValueError("a recipient of the kind internal is inside, every other one outside")
        if self.kind in ("donor", "partner") and self.country is None:
            raise ValueError("a donor or partner has a country: whether it is a transfer depends on it")
        return self


class Agreement(_Stated):
    """On what the recipient and the organisation agreed, or the decision to make it public."""

    reference: str = Field(min_length=3)
    valid_from: date
    valid_until: date
    """Last day on which it holds."""

    @model_validator(mode="after")
    def _begins_before_it_ends(self) -> "Agreement":
        if self.valid_until < self.valid_from:
            raise ValueError("it ends before it begins")
        return self

    def covers(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= day <= self.valid_until


class Figures(_Stated):
    """Figures of indicators."""

    indicators: tuple[Name, ...] = Field(min_length=1)
    periods: tuple[Grain, ...] = Field(min_length=1)
    dimensions: tuple[Name, ...] = Field(min_length=1)
    """``organisation``, ``region``, ``regional_office``, ``office``, or dimensions of the indicators."""
    columns: tuple[Name, ...] = Field(min_length=1)
    since: int | None = Field(default=None, ge=1900, le=2200)
    """First year; empty for all."""

    @model_validator(mode="after")
    def _columns_exist(self) -> "Figures":
        unknown = sorted(set(self.columns) - set(FIGURE_COLUMNS))
        if unknown:
            raise ValueError(f"figures have no column {', '.join(unknown)} that may leave")
        if "value" in self.columns and "suppression" not in self.columns:
            raise ValueError("who is shown values is told which ones are suppressed: add suppression")
        return self


class TableContent(_Stated):
    """Columns of a published table about nobody, or of ``marts.workforce``."""

    table: str = Field(pattern=r"^(core|marts)\.[a-z][a-z0-9_]+$")
    columns: tuple[Name, ...] = Field(min_length=1)


class ExportDefinition(_Stated):
    """One export, by which files may be handed out again and again while its agreement holds."""

    id: Name
    version: int = Field(ge=1)
    """Grows with every change; the log names it."""
    title: str = Field(min_length=5, max_length=80)
    recipient: Recipient
    purpose: str = Field(min_length=20)
    """What the recipient needs it for, and nothing else."""
    legal_basis: str = Field(min_length=10)
    agreement: Agreement
    audience: Audience
    """Whose limits hold for figures about people; outside the organisation it is the public's."""
    format: Format
    figures: Figures | None = None
    tables: tuple[TableContent, ...] = ()

    @model_validator(mode="after")
    def _has_content(self) -> "ExportDefinition":
        if self.figures is None and not self.tables:
            raise ValueError("it names neither figures nor tables")
        if self.recipient.place == "outside" and self.audience != "public":
            raise ValueError("a recipient outside the organisation is shown what the public is: audience")
        named = [one.table for one in self.tables]
        if len(named) != len(set(named)):
            raise ValueError("a table stands twice")
        return self
