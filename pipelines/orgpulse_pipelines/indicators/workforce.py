"""The table ``marts.workforce``: staff by region and gender or grade, without small numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any, Final

import duckdb

from orgpulse_pipelines.indicators.audiences import Audiences
from orgpulse_pipelines.indicators.disclosure import Cell, Sum, Within, suppress
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
        "none or suppressed. Why is not said: it would tell how many people are behind it.",
    ),
    "shown_to_public": ("BOOLEAN", "Whether exports may show the number outside the organisation."),
    "minimum_people": ("INTEGER", "Fewest people that are shown."),
    "minimum_people_public": ("INTEGER", "Fewest people that are shown outside the organisation."),
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
    select period_start, dimension, member, suppressed
    from indicators.value
    where grain = 'year' and not shown_to_public and list_contains(?, indicator_id)
"""
OF_THE_SAME_STAFF: Final = ("staff_at_year_end", "women_among_staff", "women_in_senior_grades")
"""Indicators that count the same people: the regions and members that they hide are hidden here."""

Table = dict[str, dict[str, int]]
"""People by region and member."""
Hidden = dict[str, set[str]]
"""Members that other tables hide, by dimension."""
Place = tuple[str, str]
"""Region and member of a number."""


def build_workforce(connection: duckdb.DuckDBPyConnection, audiences: Audiences) -> int:
    """Replace the table once the indicators are built; the number of its rows.

    Raises :class:`ModelBuildError` if it cannot be built.
    """
    with sql_errors(WORKFORCE), transaction(connection):
        tables: dict[tuple[date, str], Table] = defaultdict(lambda: defaultdict(dict))
        for period_start, breakdown, region, member, people in connection.execute(STAFF).fetchall():
            tables[period_start, breakdown][region][member] = people
        inside, outside = _hidden_figures(connection)
        rows = list[dict[str, Any]]()
        for (period_start, breakdown), table in tables.items():
            figures, from_public = inside[period_start], outside[period_start]
            hidden = suppressed(table, audiences.internal.people, figures["region"], figures[breakdown])
            withheld = suppressed(
                table, audiences.public.people, from_public["region"], from_public[breakdown], hidden
            )
            stated = {
                "period_start": period_start,
                "breakdown": breakdown,
                "minimum_people": audiences.internal.people,
                "minimum_people_public": audiences.public.people,
            }
            rows += (stated | row for row in _rows(table, hidden, withheld))
        return replace_table(connection, WORKFORCE, COMMENT, COLUMNS, rows)


def _hidden_figures(connection: duckdb.DuckDBPyConnection) -> tuple[dict[date, Hidden], dict[date, Hidden]]:
    """What the figures of the same staff hide from internal readers and from the public, by year."""
    inside: dict[date, Hidden] = defaultdict(lambda: defaultdict(set))
    outside: dict[date, Hidden] = defaultdict(lambda: defaultdict(set))
    rows = connection.execute(_HIDDEN, [OF_THE_SAME_STAFF]).fetchall()
    for period_start, dimension, member, hidden_inside in rows:
        outside[period_start][dimension].add(member)
        if hidden_inside:
            inside[period_start][dimension].add(member)
    return inside, outside


def suppressed(
    table: Table,
    threshold: int,
    hidden_regions: Collection[str] = (),
    hidden_members: Collection[str] = (),
    withheld: Collection[Place] = (),
) -> set[Place]:
    """What must be hidden of one year and breakdown, the whole organisation (``all``) included.

    Regions add up to each member's total and members to each region's total, which is published elsewhere:
    each region is hidden whole, which keeps the second sum from telling, and enough regions are, which keeps
    the first. What is ``withheld`` anyhow is hidden with the others.
    """
    members = members_of(table)
    totals = {member: sum(people.get(member, 0) for people in table.values()) for member in members}
    by_member = {
        member: Cell((member,), ((people,),), 0 < people < threshold or member in hidden_members)
        for member, people in totals.items()
    }
    staff = Cell((_ALL,), ((sum(totals.values()),),), small=False)
    # A member that is hidden everywhere adds up to nothing that is shown.
    counted = [member for member in members if not by_member[member].small and (_ALL, member) not in withheld]
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
        withheld=[by_member[member] if region == _ALL else by_region[region] for region, member in withheld],
    )
    regions = {
        region
        for region, people in table.items()
        if by_region[region].hidden or any(0 < count < threshold for count in people.values())
    }
    hidden = {(_ALL, member) for member in members if by_member[member].hidden}
    return hidden | {(region, member) for region in regions for member in members}


def members_of(table: Table) -> list[str]:
    """The genders or grade groups that any region counts."""
    return sorted({member for people in table.values() for member in people})


def _rows(table: Table, hidden: Collection[Place], withheld: Collection[Place]) -> Iterator[dict[str, Any]]:
    members = members_of(table)
    everywhere = {member: sum(people.get(member, 0) for people in table.values()) for member in members}
    for region, people in ((_ALL, everywhere), *sorted(table.items())):
        for member in members:
            shown = (region, member) not in hidden
            yield {
                "region": region,
                "member": member,
                "people": people.get(member, 0) if shown else None,
                "suppression": "none" if shown else "suppressed",
                "shown_to_public": (region, member) not in withheld,
            }
