"""The published count of staff shows no small number and gives none back."""

from hypothesis import given
from hypothesis import strategies as st

from orgpulse_pipelines.indicators.workforce import Table, suppressed_rows
from orgpulse_pipelines.publication.query import run_query
from orgpulse_platform.settings import Settings

THRESHOLD = 5
MEMBERS = ("female", "male", "other")
tables = st.dictionaries(
    st.sampled_from(["africa", "americas", "asia", "europe", "oceania"]),
    st.dictionaries(st.sampled_from(MEMBERS), st.integers(1, 30), min_size=1),
    min_size=1,
)


def shown(table: Table) -> dict[tuple[str, str], int | None]:
    return {(row["region"], row["member"]): row["people"] for row in suppressed_rows(table, THRESHOLD)}


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
    rows = suppressed_rows(table, THRESHOLD, {"asia", "europe"})
    hidden = {row["region"]: row["suppression"] for row in rows if row["people"] is None}
    assert hidden == {"asia": "complementary", "europe": "primary"}


def test_regions_that_the_indicator_hides_are_hidden_here(published: Settings) -> None:
    answer = run_query(
        published,
        """
        select count(*)
        from marts.workforce as counted
        join indicators.value as figure
          on figure.indicator_id = 'women_among_staff' and figure.period_start = counted.period_start
          and figure.dimension = 'region' and figure.member = counted.region
        where counted.breakdown = 'gender' and counted.people is not null and figure.suppressed
        """,
    )
    assert answer.rows == [(0,)]
