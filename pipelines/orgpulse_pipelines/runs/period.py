"""Periods as people write them: ``2019``, ``2019-03``, ``2019-03-15``, or from one to another inclusive."""

import re
from datetime import datetime, timedelta
from typing import Final

from orgpulse_pipelines.errors import RebuildError
from orgpulse_pipelines.warehouse.requests import Span

_PART: Final = re.compile(r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d))?)?")


def parse_period(text: str) -> Span:
    """The moments of a period, in UTC; raises :class:`RebuildError` if it is none."""
    first, dots, last = text.partition("..")
    span = Span(_moments(first)[0], _moments(last if dots else first)[1])
    if span.first is not None and span.before is not None and span.first >= span.before:
        raise RebuildError(f"the period {text} ends before it begins")
    return span


def _moments(text: str) -> tuple[datetime, datetime]:
    """The first moment of a year, month or day, and the first one after it."""
    match = _PART.fullmatch(text.strip())
    if match is None:
        raise RebuildError(f"{text!r} is no period such as 2019, 2019-03 or 2019-03..2019-06")
    year, month, day = (int(match[name]) if match[name] else None for name in ("year", "month", "day"))
    try:
        first = datetime(year or 0, month or 1, day or 1)
    except ValueError:
        raise RebuildError(f"the calendar has no {text}") from None
    if day:
        return first, first + timedelta(days=1)
    if month:
        return first, datetime(first.year + month // 12, month % 12 + 1, 1)
    return first, datetime(first.year + 1, 1, 1)
