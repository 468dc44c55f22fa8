"""Which columns a query needs for what is asked of it."""

import pytest

from orgpulse_pipelines.errors import ModelDefinitionError
from orgpulse_pipelines.modelling.column_needs import columns_needed

TABLES = {
    "staging.visit": ["visit_id", "person_id", "office", "day", "mood"],
    "core.office": ["office", "region", "closed_on"],
}
VISITS = """
    with visit as (
      select *
      from staging.visit
      qualify row_number() over (partition by visit_id order by day desc) = 1
    )
    select visit.person_id, office.region, visit.mood
    from visit
    join core.office as office using (office)
    where office.closed_on is null
"""


@pytest.mark.parametrize(
    ("wanted", "visit"),
    [
        (["region"], {"visit_id", "office", "day"}),
        (["person_id"], {"visit_id", "office", "day", "person_id"}),
        (None, {"visit_id", "office", "day", "person_id", "mood"}),
    ],
)
def test_column_is_needed_that_is_shown_or_decides_which_rows_there_are(
    wanted: list[str] | None, visit: set[str]
) -> None:
    needed = columns_needed(VISITS, "marts.visits", TABLES, wanted)
    assert needed["staging.visit"] == visit
    assert {"office", "closed_on"} <= needed["core.office"]


@pytest.mark.parametrize(
    "sql",
    [
        "select distinct person_id, office from staging.visit",
        "select person_id, office from staging.visit group by all",
        "select person_id, office from staging.visit order by person_id limit 5",
        "select person_id, office from staging.visit union select office, office from core.office",
        "select any_value(person_id), office from staging.visit group by office having min(person_id) > ''",
        "select v.office from staging.visit as v where exists "
        "(select 1 from staging.visit as w where w.person_id = v.person_id)",
    ],
)
def test_column_that_decides_which_rows_there_are_is_needed_without_being_asked_for(sql: str) -> None:
    assert "person_id" in columns_needed(sql, "marts.visits", TABLES, ["office"])["staging.visit"]


def test_query_that_reads_an_unknown_column_is_not_guessed_at() -> None:
    with pytest.raises(ModelDefinitionError, match=r"marts\.visits"):
        columns_needed("select humour from staging.visit", "marts.visits", TABLES)


def test_query_that_reads_an_unknown_table_is_not_guessed_at() -> None:
    with pytest.raises(ModelDefinitionError, match=r"marts\.visits"):
        columns_needed("select * from staging.unknown", "marts.visits", TABLES, ["office"])
