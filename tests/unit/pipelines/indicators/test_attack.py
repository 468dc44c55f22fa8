"""A knowledgeable reader tries to recover the small numbers of random organisations, and fails."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from disclosure_attack import Found, Reader
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_world import Row, computed, definition, flow, stock, unit

from orgpulse_pipelines.indicators.definition import Definition

THRESHOLD = 5
PUBLIC_THRESHOLD = 10
PEOPLE = {"small_number": {"protects": ["numerator"]}, "unit": "people"}
OFFICES = {
    "A1": ("africa", "R1"), "A2": ("africa", "R1"), "A3": ("africa", "R2"), "A4": ("africa", "R2"),
    "B1": ("asia", "R2"), "B2": ("asia", "R3"), "B3": ("asia", "R3"),
    "C1": ("europe", "R1"), "C2": ("europe", "R3"),
}  # fmt: skip
"""Regional offices 1 and 2, 2 and 3, 1 and 3 have offices of one region in common."""


def _measure(counts: str, table: str, condition: str = "true") -> Row:
    days = "day" if counts == "flow" else "valid_from, valid_to"
    sql = f"select {days}, unit_id, value, event_id, kind from marts.{table} where {condition}"
    return {"meaning": "People of a test", "counts": counts, "sql": sql}


def _indicators() -> list[Definition]:
    """Indicators that count the same people in several ways, as those of staff do."""
    parts = {"small_number": {"protects": ["numerator", "denominator", "remainder"]}, "unit": "%"}
    sides = {"small_number": {"protects": ["numerator", "denominator"]}, "unit": "%"}
    staff, women = _measure("stock", "numerator"), _measure("stock", "numerator", "kind = 'f'")
    courses, passed = _measure("flow", "denominator"), _measure("flow", "denominator", "key = 'yes'")
    average, failed = _measure("average", "numerator"), _measure("flow", "denominator", "key = 'no'")
    return [
        definition(staff, id="staff", dimensions=["kind"], **PEOPLE),
        definition(women, staff, id="women", **parts),
        definition(courses, id="courses", dimensions=["kind"], **PEOPLE),
        definition(passed, courses, id="passed", dimensions=["kind"], **parts),
        definition(failed, average, id="left", dimensions=["kind"], **sides),
    ]


INDICATORS = _indicators()


def people(random: Random, months: int) -> tuple[list[Row], list[Row]]:
    """Who serves where and when, and who took a course; some offices and months hardly count anybody."""
    serving, taken = [], []
    for office in OFFICES:
        for kind in "fm":
            since = "2018-01-01" if random.random() < 0.5 else f"2019-{random.randint(1, 12):02}-10"
            people = random.choice((0, 1, 2, 4, 7, 20))
            serving += stock(1, office, since, kind=kind, value=people) if people else []
        usual = random.choice((0, 0, 1, 3, 9))
        for month in range(1, months + 1):
            for kind in "fm":
                for key in ("yes", "no"):
                    people = random.randint(0, usual)
                    day = f"2019-{month:02}-05"
                    taken += flow(1, day, office, kind=kind, key=key, value=people) if people else []
    return serving, taken


def offices() -> list[Row]:
    """The offices of the organisation."""
    return [
        unit(office, region) | {"regional_office_id": regional_office}
        for office, (region, regional_office) in OFFICES.items()
    ]


def with_days(figures: list[Row]) -> list[Row]:
    """Figures with the last day before their period."""
    return [row | {"day_before": row["period_start"] - timedelta(days=1)} for row in figures]


def _figures(seed: int, threshold: int) -> list[Row]:
    random = Random(seed)
    serving, taken = people(random, random.choice((4, 12)))
    return with_days(
        computed(
            INDICATORS,
            serving,
            taken,
            years=(2019,),
            threshold=threshold,
            public_threshold=PUBLIC_THRESHOLD,
            units=offices(),
        )
    )


def for_the_public(figures: list[Row]) -> list[Row]:
    """What exports may show of the published figures."""
    withheld = {"suppressed": True, "numerator": None, "denominator": None}
    return [row if row["shown_to_public"] else row | withheld for row in figures]


def attacked(published: list[Row], truth: list[Row], threshold: int = THRESHOLD) -> list[Found]:
    """What a reader of the published figures knows of the small ones."""
    offices = {("2019", office): above for office, above in OFFICES.items()}
    definitions = {(one.id, one.version): one for one in INDICATORS}
    return list(Reader(definitions, published, offices).attack(truth, threshold))


@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(st.integers(0, 2**32))
def test_no_small_number_can_be_recovered_from_all_that_is_published(seed: int) -> None:
    published, truth = _figures(seed, THRESHOLD), _figures(seed, threshold=1)
    found = attacked(published, truth)
    assert found
    assert not [one for one in found if one.is_exposed]
    exported = for_the_public(published)
    assert all(mine["suppressed"] for mine, row in zip(exported, published, strict=True) if row["suppressed"])
    assert not [one for one in attacked(exported, truth, PUBLIC_THRESHOLD) if one.is_exposed]


def test_the_reader_would_recover_a_number_that_is_hidden_alone() -> None:
    truth = _figures(1, threshold=1)
    months = (row for row in truth if (row["indicator_id"], row["grain"]) == ("courses", "month"))
    small = next(row for row in months if 0 < row["numerator"] < THRESHOLD)
    published: list[dict[str, Any]] = [
        row | {"suppressed": row is small} | ({"numerator": None} if row is small else {}) for row in truth
    ]
    found = {one.key: one for one in attacked(published, truth)}
    exposed = found["courses", "numerator", small["period"], small["dimension"], small["member"]]
    assert exposed.lower == exposed.upper == pytest.approx(float(small["numerator"]))
