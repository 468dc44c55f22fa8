"""What scripts say and call things in a language: one file that every page with a filter loads."""

from collections.abc import Sequence
from typing import Any

from orgpulse_pipelines.dashboard.cards import MEASURES
from orgpulse_pipelines.dashboard.overview import STATUSES
from orgpulse_pipelines.dashboard.read import Content, Period, Slice
from orgpulse_pipelines.dashboard.words.catalogue import Words
from orgpulse_pipelines.dashboard.words.chart_locale import chart_locale


def names(content: Content, words: Words) -> dict[str, Any]:
    """The names of slices, periods, statuses and indicators, and the sentences that scripts fill."""
    return {
        "publication": content.publication_id,
        "locale": str(words.locale).replace("_", "-"),
        **chart_locale(words.language),
        "start": {"grain": "year_to_date" if "year_to_date" in content.periods else "year"},
        "grains": {
            "month": words.text("Month"),
            "quarter": words.text("Quarter"),
            "year": words.text("Year"),
            "year_to_date": words.text("Year to date"),
        },
        "periods": {
            grain: [_period(period, periods, words) for period in periods]
            for grain, periods in content.periods.items()
        },
        "statuses": {status: words.member("status", status) for status in STATUSES},
        "dimensions": {one.dimension: words.dimension(one.dimension) for one in content.slices},
        "slices": [_slice(one, content, words) for one in content.slices],
        "countries": {
            one.country: words.country(one.country) for one in content.offices.values() if one.country
        },
        "indicators": {
            one.id: {
                "unit": one.unit,
                "unitText": words.text(one.unit) if one.unit in MEASURES else "",
                "decimals": one.decimals,
                "slices": ["organisation", *one.places, *one.dimensions],
            }
            for one in content.indicators
        },
        "texts": {
            "none": words.text("No data"),
            "suppressed": words.text("withheld (small numbers)"),
            "withheld": words.text("{count} figures are withheld."),
            "failed": words.text("The figures could not be loaded."),
            "trend": words.text("{slice}: from {from} ({first}) to {to} ({last})."),
            "parts": words.text("{period}: highest {high} with {most}, lowest {low} with {least}."),
        },
    }


def _period(period: Period, periods: Sequence[Period], words: Words) -> dict[str, Any]:
    """A period, with the ordinals of those that it is compared with (-1 for none)."""
    year_before = _ordinal(periods, period.end.year - 1, period)
    to_date = period.grain == "year_to_date"
    return {
        "label": period.label,
        "name": words.period(period.grain, period.label),
        "start": (period.end if to_date else period.start).isoformat(),
        "end": period.end.isoformat(),
        "complete": period.complete,
        "before": year_before if to_date else periods.index(period) - 1,
        "yearBefore": year_before,
    }


def _ordinal(periods: Sequence[Period], year: int, like: Period) -> int:
    """Where the same part of another year stands."""
    for ordinal, period in enumerate(periods):
        if (period.end.year, period.end.month, period.start.month) == (
            year,
            like.end.month,
            like.start.month,
        ):
            return ordinal
    return -1


def _slice(one: Slice, content: Content, words: Words) -> dict[str, Any]:
    office = content.offices.get(one.member) if one.dimension in ("office", "regional_office") else None
    if one.dimension == "organisation":
        name = words.text("Whole organisation")
    elif one.dimension in ("office", "regional_office"):
        name = office.name if office else one.member  # an office's name is data: no language has another
    else:
        name = words.member(one.dimension, one.member)
    return {
        "key": one.key,
        "id": f"{one.dimension}.{one.member}",
        "dimension": one.dimension,
        "name": name,
        "group": "" if one.dimension == "organisation" else words.dimension(one.dimension),
        "region": words.member("region", office.region) if office and office.region else None,
        "country": office.country if office and office.unit_type == "country_office" else None,
    }
