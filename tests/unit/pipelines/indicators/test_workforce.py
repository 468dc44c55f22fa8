"""The published count of staff shows no small number and gives none back."""

import duckdb
from hypothesis import given
from hypothesis import strategies as st
from small_warehouse import fill, periods_of

from orgpulse_pipelines.indicators.audiences import Audiences, Limits
from orgpulse_pipelines.indicators.workforce import Table, build_workforce, members_of, suppressed
from orgpulse_pipelines.publication.query import run_query
from orgpulse_platform.settings import Settings

THRESHOLD = 5
MEMBERS = ("female", "male", "other")
SERVING = {
    "unit_id": "U0003",
    "contract_type": "staff",
    "grade_group": "professional",
    "valid_from": "2016-01-01",
    "valid_to": "9999-12-31",
}
tables = st.dictionaries(
    st.sampled_from(["africa", "americas", "asia", "europe", "oceania"]),
    st.dictionaries(st.sampled_from(MEMBERS), st.integers(1, 30), min_size=1),
    min_size=1,
)


def shown(table: Table) -> dict[tuple[str, str], int | None]:
    hidden = suppressed(table, THRESHOLD)
    rows = table | {"all": {member: _everywhere(table, member) for member in members_of(table)}}
    return {
        (region, member): None if (region, member) in hidden else rows[region].get(member, 0)
        for region in rows
        for member in members_of(table)
    }


def _everywhere(table: Table, member: str) -> int:
    return sum(people.get(member, 0) for people in table.values())


def is_small(people: int) -> bool:
    return 0 < people < THRESHOLD


def test_few_women_in_a_region_hide_the_region_and_the_next_smallest() -> None:
    found = shown(
        {
            "africa": {"female": 40, "male": 50},
            "asia": {"female": 20, "male": 20},
            "europe": {"female": 3, "male": 30},
        }
    )
    assert found["all", "female"] == 63
    assert found["africa", "male"] == 50
    assert {found[region, member] for region in ("asia", "europe") for member in ("female", "male")} == {None}


@given(tables)
def test_no_small_number_is_shown(table: Table) -> None:
    assert not [people for people in shown(table).values() if people is not None and is_small(people)]


@given(tables)
def test_no_total_gives_a_small_number_back(table: Table) -> None:
    found = shown(table)
    for member in {member for people in table.values() for member in people}:
        total = found["all", member]
        hidden = [region for region in table if found[region, member] is None]
        if total is None or not hidden:
            continue
        missing = total - sum(found[region, member] or 0 for region in table)
        assert not is_small(missing)
        if any(is_small(table[region].get(member, 0)) for region in hidden):
            assert len(hidden) > 1 or len(table) == 1


@given(tables)
def test_a_region_is_shown_whole_or_not_at_all(table: Table) -> None:
    """Its total is published as an indicator: one hidden member alone would be the rest."""
    found = shown(table)
    members = {member for people in table.values() for member in people}
    for region in table:
        assert len({found[region, member] is None for member in members}) == 1


def test_two_tables_do_not_give_each_others_regions_back() -> None:
    """The indicator hid Asia; showing it here would give Europe back, which both of them hide."""
    table = {
        "africa": {"female": 40, "male": 50},
        "asia": {"female": 60, "male": 60},
        "europe": {"female": 3, "male": 30},
    }
    hidden = suppressed(table, THRESHOLD, {"asia", "europe"})
    assert {region for region, _ in hidden} == {"asia", "europe"}


def test_a_grade_group_that_the_indicator_hides_is_not_given_back_here() -> None:
    """The indicator hid national officers, as few of them are women; the total of the others stays shown."""
    table = {"africa": {"senior": 3, "national_officer": 40, "professional": 50}}
    hidden = suppressed(table, THRESHOLD, hidden_members={"senior", "national_officer"})
    assert {member for region, member in hidden if region == "all"} == {"senior", "national_officer"}


@given(tables)
def test_the_public_is_shown_no_number_that_is_hidden_inside(table: Table) -> None:
    hidden = suppressed(table, THRESHOLD)
    withheld = suppressed(table, 2 * THRESHOLD, withheld=hidden)
    assert hidden <= withheld
    for region, people in table.items():
        for member, count in people.items():
            assert (region, member) in withheld or not 0 < count < 2 * THRESHOLD


def test_regions_that_the_indicators_hide_are_hidden_here(published: Settings) -> None:
    answer = run_query(
        published,
        """
        select count(*), count(counted.people)
        from marts.workforce as counted
        join indicators.value as figure
          on figure.grain = 'year' and figure.period_start = counted.period_start
          and figure.dimension = 'region' and figure.member = counted.region
        where figure.indicator_id = 'women_among_staff' and figure.suppressed
        """,
    )
    hidden, shown = answer.rows[0]
    assert hidden > 0
    assert shown == 0


def test_members_that_the_indicators_hide_are_hidden_here(published: Settings) -> None:
    answer = run_query(
        published,
        """
        select count(counted.people)
        from marts.workforce as counted
        join indicators.value as figure
          on figure.grain = 'year' and figure.period_start = counted.period_start
          and figure.dimension = counted.breakdown and figure.member = counted.member
        where figure.indicator_id in ('staff_at_year_end', 'women_among_staff')
          and counted.region = 'all' and figure.suppressed
        """,
    )
    assert answer.rows == [(0,)]


def test_staff_is_counted_where_it_served_at_the_end_of_each_year() -> None:
    moved = {"unit_id": "U0003", "valid_from": "2000-01-01", "valid_to": "9999-12-31"}
    offices_and_people = {
        "core.dim_period": [period for year in (2018, 2019) for period in periods_of(year)],
        "core.dim_organisation_unit": [
            moved | {"region": "africa", "valid_to": "2019-07-01"},
            moved | {"region": "asia", "valid_from": "2019-07-01"},
        ],
        "marts.service": [
            SERVING | {"person_id": "ana", "gender": "female"},
            SERVING | {"person_id": "ben", "gender": "male", "valid_to": "2019-06-15"},
            SERVING | {"person_id": "eva", "contract_type": "affiliate"},
        ],
    }
    with duckdb.connect() as connection:
        fill(connection, [], offices_and_people)
        connection.execute("create schema indicators")
        connection.execute(
            "create table indicators.value (indicator_id varchar, period_start date, grain varchar, "
            "dimension varchar, member varchar, suppressed boolean, shown_to_public boolean)"
        )
        build_workforce(connection, Audiences(Limits(1), Limits(1)))
        rows = connection.execute(
            "select year(period_start), region, member, people from marts.workforce "
            "where breakdown = 'gender' order by all"
        ).fetchall()
    assert rows == [
        (2018, "africa", "female", 1),
        (2018, "africa", "male", 1),
        (2018, "all", "female", 1),
        (2018, "all", "male", 1),
        (2019, "all", "female", 1),
        (2019, "asia", "female", 1),
    ]
