"""Numbers and dates of charts: what Vega needs to write them in a language (d3-format and d3-time-format)."""

from typing import Any

from orgpulse_pipelines.dashboard.words.formats import locale_of


def chart_locale(language: str) -> dict[str, Any]:
    """The settings ``number`` and ``time`` of Vega's locale, from CLDR."""
    locale = locale_of(language)
    symbols = locale.number_symbols[locale.default_numbering_system]
    percent = locale.percent_formats[None].suffix[0]
    return {
        "number": {
            "decimal": symbols["decimal"],
            "thousands": symbols["group"],
            "grouping": [3],
            "currency": ["USD ", ""] if language == "en" else ["", " USD"],
            "percent": percent,
        },
        "time": {
            "dateTime": "%d/%m/%Y, %H:%M",
            "date": "%d/%m/%Y",
            "time": "%H:%M:%S",
            "periods": [locale.day_periods["format"]["abbreviated"][half] for half in ("am", "pm")],
            "days": _week(locale.days["stand-alone"]["wide"]),
            "shortDays": _week(locale.days["stand-alone"]["abbreviated"]),
            "months": _year(locale.months["stand-alone"]["wide"]),
            "shortMonths": _year(locale.months["stand-alone"]["abbreviated"]),
        },
    }


def _week(days: Any) -> list[str]:
    """The days from Sunday on; Babel counts them from Monday."""
    return [days[(day - 1) % 7] for day in range(7)]


def _year(months: Any) -> list[str]:
    return [months[month] for month in range(1, 13)]
