"""The vocabulary of a mapping file. Everything that can be written in one stands here."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from orgpulse_platform.mapping.template import Template

FileType = Literal["csv", "xlsx", "ndjson"]
Scalar = str | bool | None
"""A value as it stands in a mapping; numbers and dates are texts until the contract says what they are."""


def _encoding(name: str) -> str:
    try:
        "".encode(name)
    except (LookupError, ValueError):
        raise ValueError(
            "no encoding of this name; usual ones are utf-8-sig, utf-16, cp1252 and latin-1"
        ) from None
    return name


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise ValueError("no time zone of this name; it looks like Europe/Zurich or UTC") from None
    return name


def _date_format(text: str) -> str:
    try:
        datetime.strptime("", text)
        known = False
    except ValueError as error:
        known = "%" in text and "does not match" in str(error)
    if not known:
        raise ValueError("not a date format; it looks like %d.%m.%Y")
    return text


def _template(text: str) -> str:
    Template.parse(text)
    return text


Column = Annotated[str, Field(min_length=1)]
SheetName = Annotated[str, Field(min_length=1)]
FilePattern = Annotated[str, Field(min_length=1, pattern=r"^[^/]+$")]
DateFormat = Annotated[str, AfterValidator(_date_format)]
TemplateText = Annotated[str, Field(min_length=1), AfterValidator(_template)]


class _Part(BaseModel):
    model_config = ConfigDict(
        extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )


class Format(_Part):
    """How the file is written."""

    type: FileType | None = None
    """Kind of file; without it the ending of the file's name tells."""
    encoding: Annotated[str, AfterValidator(_encoding)] = "utf-8-sig"
    """Encoding of the text, by its Python name. The default is UTF-8, with or without byte-order mark."""
    delimiter: str = Field(default=",", min_length=1, max_length=1, pattern=r'^[^"\r\n]$')
    """What stands between the columns of a CSV file: ``;`` or ``"\\t"``, for example."""
    decimal_separator: Literal[".", ","] = "."
    """What stands before the decimals of a number."""
    thousands_separator: Literal[",", ".", " ", "'", "’"] | None = None
    """What stands between groups of three digits. A space stands for the non-breaking spaces too."""
    negative: Literal["leading", "trailing", "parentheses"] = "leading"
    """How a number below zero is written: ``-1``, ``1-`` as SAP does, or ``(1)`` as accountants do."""
    sheet: SheetName | Annotated[tuple[SheetName, ...], Field(min_length=1)] | None = None
    """Sheet of an XLSX file, or several; without it the first. ``*`` stands for any part of a name, so that
    ``"*"`` is all sheets: no sheet can have it in its name. Every sheet has a header."""
    sheet_column: Column | None = None
    """Column that every row gets beside its own, holding the name of its sheet."""
    header_row: int = Field(default=1, ge=1, le=1000)
    """Line with the names of the columns; what stands above is passed over."""
    skip_lines_starting_with: str | None = Field(default=None, min_length=1)
    """Lines that start so are passed over, and counted: ``"#"`` for the tag row of the HXL standard."""
    empty_cells: tuple[str, ...] = ()
    """Texts that mean an empty cell, such as ``NA`` or ``-``."""

    @model_validator(mode="after")
    def _separators_differ(self) -> "Format":
        if self.thousands_separator == self.decimal_separator:
            raise ValueError("`decimal_separator` and `thousands_separator` are the same")
        return self


class TimeRule(_Part):
    """When the event happened: from a column, or put together by a template."""

    column: Column | None = None
    """Column that holds a date or a time."""
    template: TemplateText | None = None
    """A date or time after ISO 8601, with columns in braces: ``"{calendar_year}-12-31"``."""
    format: DateFormat | None = None
    """How the column writes it, such as ``%d/%m/%Y %H:%M``; without it ISO 8601."""
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    """Time zone of times that name none."""

    @model_validator(mode="after")
    def _one_origin(self) -> "TimeRule":
        _require_one(self, "column", "template")
        return self


class FieldRule(_Part):
    """Where a field of the contract comes from. A text alone is the name of a column."""

    column: Column | None = None
    """Column that holds the value."""
    constant: Scalar = None
    """The same value for every row."""
    template: TemplateText | None = None
    """Text with columns in braces. ``{Column:06}`` fills up with zeros to six characters."""
    map: dict[str, Scalar] | None = None
    """Translation of values; a row with a value that is not named here is refused."""
    empty: Scalar = None
    """The value where the cell is empty, usually ``null``. If nothing is stated, such a row is refused."""
    format: DateFormat | None = None
    """How a date is written, such as ``%d.%m.%Y``; without it ISO 8601."""
    scale: Decimal | None = Field(default=None, ge=Decimal("1e-12"), le=Decimal("1e12"))
    """Factor by which a number is multiplied, to reach the contract's unit."""
    round: bool = False
    """Round half up to the decimal places of the contract; otherwise a longer number is refused."""

    @model_validator(mode="before")
    @classmethod
    def _column_alone(cls, value: Any) -> Any:
        return {"column": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _one_origin(self) -> "FieldRule":
        _require_one(self, "column", "constant", "template")
        changing = self.model_fields_set & {"map", "empty", "format", "scale", "round"}
        if "constant" in self.model_fields_set and changing:
            raise ValueError(f"a `constant` is taken as it stands: no {_named(sorted(changing))}")
        return self

    @property
    def states_empty(self) -> bool:
        """Whether the mapping says what an empty cell means."""
        return "empty" in self.model_fields_set

    @property
    def is_constant(self) -> bool:
        """Whether every row has the same value, which may be null."""
        return "constant" in self.model_fields_set


class Mapping(_Part):
    """A mapping: which contract the rows of a file meet, and how each of its fields is made."""

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{2,63}$")
    """Name of the mapping. Identities of events depend on it: a renamed mapping publishes new events."""
    description: str = Field(min_length=1)
    """What the file is and where it comes from, for the people who choose a mapping."""
    contract: str
    """CloudEvents type of the events."""
    files: tuple[FilePattern, ...] = ()
    """Names of the files to which `orgpulse inbox` applies it, such as ``leavers_*.csv``, in any case of
    letters."""
    format: Format = Format()
    time: TimeRule
    identity: tuple[Column, ...] = Field(min_length=1)
    """Columns that tell a row from all others of the same time."""
    repeats: Literal["refused", "numbered"] = "refused"
    """What happens to rows of equal identity: the later ones are refused, or told apart by their order."""
    expect: dict[Column, str] = {}
    """Columns that must hold this text, such as the currency; a row with another one is refused."""
    fields: dict[str, FieldRule] = Field(min_length=1)
    """The fields of the contract."""


def _require_one(part: _Part, *names: str) -> None:
    stated = [name for name in names if name in part.model_fields_set]
    if len(stated) != 1:
        raise ValueError(f"state exactly one of {_named(names)}")


def _named(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
