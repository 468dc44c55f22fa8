"""The tables of the frameworks: what every column means, and the rows of the two that hold definitions."""

from collections.abc import Iterator
from typing import Any, Final

from orgpulse_pipelines.frameworks.definition import Framework, scored_periods, scored_places
from orgpulse_pipelines.indicators.definition import Definition

FRAMEWORK: Final = "indicators.framework"
FRAMEWORK_ITEM: Final = "indicators.framework_item"
FRAMEWORK_SCORE: Final = "indicators.framework_score"
TABLES: Final = (FRAMEWORK, FRAMEWORK_ITEM, FRAMEWORK_SCORE)

FRAMEWORK_COMMENT: Final = "Methodologies by which indicators are scored. Grain: one row per framework."
FRAMEWORK_COLUMNS: Final = {
    "framework_id": ("VARCHAR", "Identity of the framework."),
    "title": ("VARCHAR", "Title for leaders."),
    "edition": ("VARCHAR", "Which edition it is, and who wrote it."),
    "minimum_coverage": (
        "DECIMAL(9,6)",
        "An item has a score where indicators with at least this share of its weight have one, 0 to 1; the "
        "same holds for offices and their denominators where offices are rolled up.",
    ),
    "limitations": ("VARCHAR", "What the scores do not say."),
}
ITEM_COMMENT: Final = (
    "Items of the frameworks and the indicators that serve them. "
    "Grain: one row per framework, item and indicator."
)
ITEM_COLUMNS: Final = {
    "framework_id": ("VARCHAR", "Identity of the framework."),
    "item_id": ("VARCHAR", "Identity of the item within the framework."),
    "item_number": ("VARCHAR", "Number of the item in the framework's own edition; empty without one."),
    "item_title": ("VARCHAR", "What the item asks for, in the platform's words."),
    "item_position": ("INTEGER", "Place of the item in the framework, from 1."),
    "indicator_id": ("VARCHAR", "Indicator that serves the item."),
    "weight": (
        "DECIMAL(9,6)",
        "How much its score counts within the item; empty where the indicator is shown and not scored.",
    ),
    "threshold_values": ("DOUBLE[]", "Values of the indicator, rising, in its unit."),
    "threshold_scores": (
        "DOUBLE[]",
        "Score that each of these values earns, 0 to 100. Between two of them it lies on the straight line.",
    ),
    "roll_up": (
        "VARCHAR",
        "figure: a region and the organisation are scored by their own figure; offices_by_denominator: by "
        "their offices' scores, weighted by the offices' denominators.",
    ),
    "scored_grains": ("VARCHAR[]", "Kinds of period in which the indicator is scored."),
    "scored_dimensions": ("VARCHAR[]", "Levels of the organisation at which the indicator is scored."),
}
SCORE_COMMENT: Final = (
    "Scores of the frameworks' items, computed from the figures of indicators.value as they are shown; "
    "regional offices and offices have a row only where there is something to score. "
    "Grain: one row per framework, item, period, dimension and member."
)
SCORE_COLUMNS: Final = {
    "framework_id": "Identity of the framework.",
    "item_id": "Identity of the item within the framework.",
    "grain": "Kind of period: quarter or year.",
    "period": "Name of the period: 2019-Q1 or 2019.",
    "period_start": "First day of the period.",
    "period_end": "Last day of the period.",
    "as_of": "Last day that is covered: before period_end while the period is not over.",
    "dimension": "organisation, region, regional_office or office.",
    "member": "all, or the region; offices by their number.",
    "score": "0 to 100, the weighted mean of the scores of the item's indicators; empty if not scored.",
    "status": "scored, suppressed (too little is shown for a score) or not_scored (too little is known).",
    "indicators_mapped": "Indicators that are scored for the item in such a period and at such a level.",
    "indicators_scored": "How many of them have a score here.",
    "indicators_suppressed": "How many of them have none because a figure is suppressed.",
    "publication_id": "Publication that the score was computed for.",
}


def framework_row(framework: Framework) -> dict[str, Any]:
    """A framework as a row of ``indicators.framework``."""
    return {"framework_id": framework.id, **framework.model_dump(exclude={"id", "items"})}


def item_rows(framework: Framework, indicators: dict[str, Definition]) -> Iterator[dict[str, Any]]:
    """The rows of a framework in ``indicators.framework_item``."""
    for position, item in enumerate(framework.items, 1):
        for mapping in item.indicators:
            indicator = indicators[mapping.indicator]
            yield {
                "framework_id": framework.id,
                "item_id": item.id,
                "item_number": item.number,
                "item_title": item.title,
                "item_position": position,
                "indicator_id": mapping.indicator,
                "weight": mapping.weight,
                "threshold_values": [float(value) for value, _ in mapping.thresholds],
                "threshold_scores": [float(score) for _, score in mapping.thresholds],
                "roll_up": mapping.roll_up,
                "scored_grains": scored_periods(mapping, indicator),
                "scored_dimensions": scored_places(mapping, indicator),
            }
