"""From a row to the event that its contract accepts, or to the reasons why not."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

import orjson

from orgpulse_platform.mapping.convert import Cells, FieldConverter, JsonValue, read
from orgpulse_platform.mapping.identity import Identities
from orgpulse_platform.mapping.model import Mapping
from orgpulse_platform.mapping.readers.row import Cell, Row
from orgpulse_platform.mapping.refusal import (
    EVENT_TIME,
    IDENTITY,
    WHOLE_ROW,
    Problem,
    Refusal,
    RefusedError,
    RowReason,
)
from orgpulse_platform.mapping.template import Template
from orgpulse_platform.mapping.values import text_of, time_of
from orgpulse_schemas.cloudevents import MAX_BYTES, structured
from orgpulse_schemas.contract import About
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.validation import validate_data


class Event(NamedTuple):
    """A record for a raw topic."""

    topic: str
    key: bytes
    value: bytes
    id: str


class RowMapper:
    """Turns the rows of one file into events."""

    def __init__(self, mapping: Mapping, about: About) -> None:
        self._mapping = mapping
        self._about = about
        self._empty = mapping.format.empty_cells
        self._identities = Identities(mapping)
        self._time_template = None if mapping.time.template is None else Template.parse(mapping.time.template)
        self._converters = [
            FieldConverter(field, mapping.fields[field.name], mapping.format)
            for field in about.fields
            if field.name in mapping.fields
        ]

    def outcome(self, row: Row) -> Event | Refusal:
        """The event of a row, or everything for which the row is refused."""
        if row.problem is not None:
            return Refusal(row.line, (Problem(WHOLE_ROW, row.problem),), row.sheet)
        problems = [*self._unexpected(row.cells)]
        id_, time = self._identity(row.cells, problems)
        data = self._data(row.cells, problems)
        if problems or time is None:
            return Refusal(row.line, tuple(problems), row.sheet)
        return self._event(row, id_, time, data)

    def _unexpected(self, cells: Cells) -> Iterator[Problem]:
        for column, expected in self._mapping.expect.items():
            try:
                if text_of(read(cells, column, self._empty)) != expected:
                    yield Problem(column, RowReason.UNEXPECTED_VALUE)
            except RefusedError as error:
                yield Problem(column, error.reason)

    def _identity(self, cells: Cells, problems: list[Problem]) -> tuple[str, datetime | None]:
        try:
            time = self._time(cells)
        except RefusedError as error:
            problems.append(Problem(EVENT_TIME, error.reason))
            return "", None
        try:
            return self._identities.of(cells, time), time
        except RefusedError as error:
            problems.append(Problem(IDENTITY, error.reason))
            return "", None

    def _time(self, cells: Cells) -> datetime:
        rule = self._mapping.time
        if self._time_template is not None:
            cell = self._time_template.render(lambda column: text_of(read(cells, column, self._empty)))
            return time_of(_present(cell), None, rule.zone)
        return time_of(_present(read(cells, str(rule.column), self._empty)), rule.format, rule.zone)

    def _data(self, cells: Cells, problems: list[Problem]) -> dict[str, JsonValue]:
        data: dict[str, JsonValue] = {}
        for converter in self._converters:
            try:
                data[converter.name] = converter.convert(cells)
            except RefusedError as error:
                problems.append(Problem(converter.name, error.reason))
        return data

    def _event(self, row: Row, id_: str, time: datetime, data: dict[str, JsonValue]) -> Event | Refusal:
        content = orjson.dumps(data)
        try:
            payload = validate_data(self._about, content)
        except RejectedError as error:
            found = [
                Problem(violation.path.removeprefix("/data").removeprefix("/") or WHOLE_ROW, violation.reason)
                for violation in error.violations
            ]
            return Refusal(row.line, tuple(found), row.sheet)
        value = structured(
            id=id_,
            source=self._about.system.uri,
            type=self._about.event_type,
            time=time,
            data=orjson.Fragment(content),
            classification=self._about.classification,
        )
        if len(value) > MAX_BYTES:
            return Refusal(row.line, (Problem(WHOLE_ROW, Reason.TOO_LARGE),), row.sheet)
        return Event(self._about.raw_topic, str(getattr(payload, self._about.key)).encode(), value, id_)


def _present(cell: Cell) -> Cell:
    if cell == "":
        raise RefusedError(Reason.MISSING_FIELD)
    return cell
