"""The table ``marts.workforce``: staff by region and gender or grade, without small numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

import duckdb

from orgpulse_pipelines.indicators.disclosure import Cell, Sum, Suppression, Within, suppress
from orgpulse_pipelines.indicators.tables import replace_table
from orgpulse_pipelines.warehouse.catalog import transaction
from orgpulse_pipelines.warehouse.failures import sql_errors

WORKFORCE: Final = "marts.workforce"
COMMENT: Final = (
    "Staff in service at the end of a year, counted by region and by gender or grade group; "
    "small numbers suppressed. Grain: one row per year, breakdown, region and member. "
    "Owner: Human Resources Management."
)
COLUMNS: Final = {
    "period_start": ("DATE", "First day of the year."),
    "breakdown": ("VARCHAR", "gender or grade_group."),
    "region": ("VARCHAR", "Region of the office; all for the whole organisation."),
    "member": ("VARCHAR", "The gender or grade group; unknown where none is recorded."),
    "people": ("BIGINT", "Number of staff; empty if suppressed."),
    "suppression": (
        "VARCHAR",
        "none, primary (counts few people) or complementary (would give such a one back).",
    ),
    "minimum_people": ("INTEGER", "Fewest people that are shown."),
}
_ALL: Final = "all"
STAFF: Final = """
    with person as (
      select
        period.period_start, coalesce(unit.region, 'unknown') as region,
        unnest([
          {'breakdown': 'gender', 'member': coalesce(service.gender, 'unknown')},
          {'breakdown': 'grade_group', 'member': service.grade_group}
        ]) as place
      from core.dim_period as period
      join marts.service as service
        on service.valid_from <= period.period_end and period.period_end < service.valid_to
      left join core.dim_organisation_unit as unit
        on unit.unit_id = service.unit_id
        and unit.valid_from <= period.period_end and period.period_end < unit.valid_to
      where period.grain = 'year' and service.contract_type = 'staff'
    )
    select period_start, place.breakdown, region, place.member, count(*)
    from person
    group by all
    order by all
"""

_HIDDEN: Final = """
    select period_start, dimension, member
    from indicators.value
    where grain = 'year' and suppressed and list_contains(?, indicator_id)
"""
OF_THE_SAME_STAFF: Final = ("staff_at_year_end", "women_among_staff", "women_in_senior_grades")
"""Indicators that count the same people: the regions and members that they hide are hidden here."""

Table = dict[str, dict[str, int]]
"""People by region and member."""
Hidden = dict[str, set[str]]
"""Members that other tables hide, by dimension."""


def build_workforce(connection: duckdb.DuckDBPyConnection, threshold: int) -> int:
    """Replace the table once the indicators are built; the number of its rows.

    Raises :class:`ModelBuildError` if it cannot be built.
    """
    with sql_errors(WORKFORCE), transaction(connection):
        tables: dict[tuple[date, str], Table] = defaultdict(lambda: defaultdict(dict))
        for period_start, breakdown, region, member, people in connection.execute(STAFF).fetchall():
            tables[period_start, breakdown][region][member] = people
        hidden: dict[date, Hidden] = defaultdict(lambda: defaultdict(set))
        for period_start, dimension, member in connection.execute(_HIDDEN, [OF_THE_SAME_STAFF]).fetchall():
            hidden[period_start][dimension].add(member)
        rows = [
            {"period_start": period_start, "breakdown": breakdown, "minimum_people": threshold} | row
            for (period_start, breakdown), table in tables.items()
            for row in suppressed_rows(
                table, threshold, hidden[period_start]["region"], hidden[period_start][breakdown]
            )
        ]
        return replace_table(connection, WORKFORCE, COMMENT, COLUMNS, rows)


def suppressed_rows(
    table: Table,
    threshold: int,
    hidden_regions: Collection[str] = (),
    hidden_members: Collection[str] = (),
) -> Iterator[dict[str, Any]]:
    """The rows of one year and breakdown, with the whole organisation; each region is hidden whole.

    Regions add up to each member's total and members to each region's total, which is published elsewhere:
    hiding all members of a region keeps the second sum from telling, hiding enough regions the first.
    """
    members = sorted({member for people in table.values() for member in people})
    totals = {member: sum(people.get(member, 0) for people in table.values()) for member in members}
    by_member = {
        member: Cell((member,), ((people,),), 0 < people < threshold or member in hidden_members)
        for member, people in totals.items()
    }
    staff = Cell((_ALL,), ((sum(totals.values()),),), small=False)
    # A member that is hidden everywhere adds up to nothing that is shown.
    counted = [member for member in members if not by_member[member].small]
    everywhere = Cell((_ALL,), (tuple(totals[member] for member in counted),), small=False)
    by_region, of_regions = {}, []
    for region, people in table.items():
        whole = Cell((region, _ALL), ((sum(people.values()),),), small=region in hidden_regions)
        by_region[region] = Cell(
            (region,),
            (tuple(people.get(member, 0) for member in counted),),
            any(0 < people.get(member, 0) < threshold for member in counted),
            (Within(whole, (sum(people.values()),)),),
        )
        whole.implies.append(by_region[region])
        of_regions.append(whole)
    everywhere.implies += by_member.values()
    suppress(
        (*by_member.values(), *by_region.values(), *of_regions),
        (
            Sum(staff, tuple(by_member.values()), threshold),
            Sum(everywhere, tuple(by_region.values()), threshold),
        ),
    )
    for member in members:
        few = 0 < totals[member] < threshold
        yield _row(_ALL, member, totals[member], _reason(few=few, hidden=by_member[member].hidden))
    for region in sorted(table):
        few = any(0 < count < threshold for count in table[region].values())
        for member in members:
            yield _row(
                region,
                member,
                table[region].get(member, 0),
                _reason(few=few, hidden=by_region[region].hidden),
            )


def _reason(*, few: bool, hidden: bool) -> Suppression:
    if few:
        return "primary"
    return "complementary" if hidden else "none"


def _row(region: str, member: str, people: int, suppression: Suppression) -> dict[str, Any]:
    shown = people if suppression == "none" else None
    return {"region": region, "member": member, "people": shown, "suppression": suppression}
