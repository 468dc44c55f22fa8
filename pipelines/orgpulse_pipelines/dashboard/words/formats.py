"""How one language writes numbers, amounts, dates and periods: by Unicode's CLDR, through Babel."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from babel import Locale
from babel.dates import format_date, format_datetime, format_interval, format_skeleton
from babel.lists import format_list
from babel.numbers import format_compact_decimal, format_decimal, format_percent

Number = Decimal | float | int
"""A value as the warehouse or a computation gives it."""

_LOCALES: Final = {"en": "en_GB"}
"""The locale by which a language writes numbers and dates, where that is not its own name. The United
Nations write English the British way: 31 December 2019."""
_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_MILLION: Final = 1_000_000
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])( YTD)?")
_QUARTER: Final = re.compile(r"(\d{4})-Q([1-4])")


def locale_of(language: str) -> Locale:
    """The locale of a language; raises :class:`babel.UnknownLocaleError`."""
    return Locale.parse(_LOCALES.get(language, language))


class Formats:
    """Writes values as readers of a language know them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.locale = locale_of(language)

    @property
    def direction(self) -> str:
        """Direction of the script: ``ltr`` or ``rtl``, as HTML's ``dir`` has it."""
        return str(self.locale.text_direction)

    def number(self, value: Number, decimals: int = 0) -> str:
        """A number with thousands separated and this many digits after the point."""
        return str(format_decimal(_rounded(value, decimals), format=_pattern(decimals), locale=self.locale))

    def percent(self, value: Number, decimals: int = 0) -> str:
        """A percentage, of which 100 is the whole."""
        pattern = self.locale.percent_formats[None].pattern.replace("#,##0", _pattern(decimals))
        return str(format_percent(_rounded(value, decimals) / 100, format=pattern, locale=self.locale))

    def money(self, value: Number, currency: str = "USD") -> str:
        """An amount of money, from a million on in millions and billions."""
        amount = self.compact(value) if abs(_exact(value)) >= _MILLION else self.number(value)
        parts = (currency, amount) if self.language == "en" else (amount, currency)
        return " ".join(parts).replace(" ", _NO_BREAK)

    def compact(self, value: Number, decimals: int = 1) -> str:
        """A large number in words: 1.2 million."""
        return str(
            format_compact_decimal(
                _exact(value), format_type="long", locale=self.locale, fraction_digits=decimals
            )
        )

    def date(self, day: date) -> str:
        """A day: 31 December 2019."""
        written = str(format_date(day, "long", locale=self.locale))
        if self.language == "fr" and day.day == 1:  # an ordinal, which CLDR does not know
            return written.replace("1 ", "1er ", 1)
        return written

    def time(self, moment: datetime) -> str:
        """A moment in UTC; one that has no time zone is meant to be in UTC."""
        if moment.tzinfo is not None:
            moment = moment.astimezone(UTC)
        return f"{self.date(moment.date())}, {format_datetime(moment, 'HH:mm', locale=self.locale)} UTC"

    def period(self, grain: str, period: str) -> str:
        """A reporting period by its label; a label of no known form stays as it is."""
        if quarter := _QUARTER.fullmatch(period):
            return self._skeleton("yQQQ", int(quarter[1]), 3 * int(quarter[2]))
        if month := _MONTH.fullmatch(period):
            year, number = int(month[1]), int(month[2])
            if grain == "year_to_date" and number > 1:
                return self._from_january(year, number)
            return self._skeleton("yMMMM", year, number)
        return period

    def all_of(self, items: Iterable[str]) -> str:
        """Several things in a sentence: a, b and c."""
        return str(format_list(list(items), locale=self.locale))

    def _skeleton(self, skeleton: str, year: int, month: int) -> str:
        return str(format_skeleton(skeleton, date(year, month, 1), locale=self.locale))

    def _from_january(self, year: int, month: int) -> str:
        first, last = date(year, 1, 1), date(year, month, 1)
        return str(format_interval(first, last, "yMMMM", locale=self.locale))


def _rounded(value: Number, decimals: int) -> Decimal:
    """The value to its last digit that is shown; what rounds to nothing has no sign."""
    return round(_exact(value), decimals) + 0


def _exact(value: Number) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")
