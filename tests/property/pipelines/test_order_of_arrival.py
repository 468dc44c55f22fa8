"""Dimensions are the same in whatever order and loads their events arrived."""

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, SearchStrategy
from small_warehouse import insert, needed

from orgpulse_pipelines.modelling.build import build_table
from orgpulse_pipelines.modelling.model import Model
from orgpulse_pipelines.staging.tables import create_staging_tables
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table

APPOINTMENT = "staging.hr_appointment_made_v1"
REASSIGNMENT = "staging.hr_reassignment_made_v1"
PROMOTION = "staging.hr_promotion_granted_v1"
SEPARATION = "staging.hr_separation_recorded_v1"
POSITION = "staging.hr_position_created_v1"
UNIT = "staging.reference_organisation_unit_registered_v1"
PROJECT = "staging.reference_project_registered_v1"
COURSE = "staging.reference_course_registered_v1"
FACILITY = "staging.reference_facility_registered_v1"
DONOR = "staging.reference_donor_registered_v1"
MEMBER_STATE = "staging.reference_member_state_registered_v1"
SERVICE = "staging.reference_service_registered_v1"
ACTIVITY = "staging.protection_processing_activity_registered_v1"
STAGED = (
    *(APPOINTMENT, REASSIGNMENT, PROMOTION, SEPARATION, POSITION, UNIT),
    *(PROJECT, COURSE, FACILITY, DONOR, MEMBER_STATE, SERVICE, ACTIVITY),
)

Event = tuple[str, dict[str, Any]]
"""A staging table and a row of it, without what arrival adds."""
Rows = list[tuple[Any, ...]]

# Few of each, so that events contradict and correct each other.
days = st.sampled_from(["2016-01-01", "2017-01-01", "2018-07-01"])
moments = st.sampled_from(["2016-01-01 08:00", "2019-12-01 08:00"])
units = st.sampled_from(["U0002", "U0003"])
positions = st.sampled_from(["N000001", "N000002"])
grades = st.sampled_from(["G5", "P4", "P5"])


def rivals(
    table: str, *, same: tuple[str, ...], **columns: SearchStrategy[Any]
) -> SearchStrategy[list[Event]]:
    """Two rows of a staging table that tell different things of the same, and happened at one moment."""
    rows = st.fixed_dictionaries({"occurred_at": moments, **columns})

    def pair(one: dict[str, Any], other: dict[str, Any]) -> list[Event]:
        return [(table, one), (table, other | {name: one[name] for name in (*same, "occurred_at")})]

    return st.builds(pair, rows, rows)


CAREERS = st.one_of(
    rivals(
        APPOINTMENT,
        same=("appointed_on",),
        personnel_id=st.just("ana"),
        gender=st.sampled_from(["female", "male"]),
        nationality=st.just("KEN"),
        birth_date=st.sampled_from(["25-29", "30-34"]),
        contract_type=st.sampled_from(["staff", "affiliate"]),
        grade=grades,
        unit_id=units,
        position_id=positions,
        manager=st.booleans(),
        appointed_on=days,
    ),
    rivals(
        REASSIGNMENT,
        same=("effective_on",),
        personnel_id=st.just("ana"),
        to_unit_id=units,
        position_id=positions,
        effective_on=days,
    ),
    rivals(
        PROMOTION, same=("effective_on",), personnel_id=st.just("ana"), to_grade=grades, effective_on=days
    ),
    rivals(
        SEPARATION,
        same=(),
        personnel_id=st.just("ana"),
        separated_on=days,
    ),
)
POSITIONS = rivals(
    POSITION, same=("position_id",), position_id=positions, unit_id=units, grade=grades, created_on=days
)
OFFICES = rivals(
    UNIT,
    same=("unit_id", "valid_from"),
    unit_id=units,
    name=st.sampled_from(["Old name", "New name"]),
    unit_type=st.sampled_from(["regional_office", "country_office", "sub_office"]),
    parent_unit_id=st.none() | units,
    region=st.sampled_from(["africa", "asia"]),
    country=st.just("KEN"),
    high_risk=st.booleans(),
    valid_from=days,
)
PROJECTS = rivals(
    PROJECT,
    same=("project_id",),
    project_id=st.sampled_from(["PX.0001", "PX.0002"]),
    unit_id=units,
    end_date=st.none() | days,
)
COURSES = rivals(
    COURSE,
    same=("course_id",),
    course_id=st.sampled_from(["C001", "C002"]),
    title=st.sampled_from(["Old title", "New title"]),
    validity=st.none() | st.sampled_from([12, 24]),
)
FACILITIES = rivals(
    FACILITY, same=("facility_id",), facility_id=st.just("F1001"), unit_id=units, in_use_from=days
)
DONORS = rivals(
    DONOR,
    same=("donor_id",),
    donor_id=st.just("D0001"),
    kind=st.sampled_from(["un_agency", "multilateral"]),
    country=st.none() | st.just("KEN"),
)
MEMBER_STATES = rivals(
    MEMBER_STATE,
    same=("country",),
    country=st.just("TUR"),
    region=st.sampled_from(["asia", "europe"]),
    member_since=days,
)
SERVICES = rivals(
    SERVICE,
    same=("service_id", "registered_on"),
    service_id=st.just("SV-01"),
    availability_target=st.sampled_from([99, 99.5]),
    registered_on=days,
)
ACTIVITIES = rivals(
    ACTIVITY,
    same=("activity_id", "registered_on"),
    activity_id=st.just("PA-1"),
    unit_id=units,
    technology=st.sampled_from(["none", "biometrics"]),
    registered_on=days,
)
MADE_OF = {
    "core.person_history": CAREERS,
    "core.dim_person": CAREERS,
    "core.dim_position": POSITIONS,
    "core.dim_organisation_unit": OFFICES,
    "core.dim_project": PROJECTS,
    "core.dim_course": COURSES,
    "core.dim_facility": FACILITIES,
    "core.dim_donor": DONORS,
    "core.dim_member_state": MEMBER_STATES,
    "core.dim_service": SERVICES,
    "core.dim_processing_activity": ACTIVITIES,
}
"""The dimensions, and the events that each is made of."""


class Warehouse:
    """A warehouse whose staging tables are filled anew for each history."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._models: dict[str, Model] = needed(MADE_OF)
        read = {table for model in self._models.values() for table in model.depends_on}
        create_staging_tables(
            connection, [about for about in staged_contracts() if staging_table(about) in read]
        )
        for model in self._models.values():
            build_table(connection, model)

    def rows(self, name: str, arrived: Iterable[tuple[int, Event]]) -> Rows:
        """The rows of a dimension after the numbered events arrived in this order, three in a load."""
        for table in self._models[name].depends_on.intersection(STAGED):
            self._connection.execute(f"delete from {table}")
        for place, (number, (table, row)) in enumerate(arrived):
            arrival = {"arrived_at": f"2021-01-01 00:{place:02}", "batch_id": 1 + place // 3}
            insert(self._connection, table, [row | arrival | {"event_id": f"event {number}"}])
        build_table(self._connection, self._models[name])
        return sorted(self._connection.execute(f"from {name}").fetchall(), key=repr)


@pytest.fixture(scope="module")
def warehouse() -> Iterator[Warehouse]:
    with duckdb.connect() as connection:
        yield Warehouse(connection)


@pytest.mark.parametrize("name", MADE_OF)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_dimension_does_not_depend_on_the_order_of_arrival(
    warehouse: Warehouse, name: str, data: DataObject
) -> None:
    told = data.draw(st.lists(MADE_OF[name], min_size=2, max_size=4), label="told")
    numbered = list(enumerate(event for pair in told for event in pair))
    shuffled = data.draw(st.permutations(numbered), label="arrived as")
    assert warehouse.rows(name, shuffled) == warehouse.rows(name, numbered)


CAREER: list[Event] = [
    (APPOINTMENT, {"personnel_id": "ana", "contract_type": "staff", "grade": "P4", "unit_id": "U0003",
                   "manager": False, "appointed_on": "2016-01-01", "occurred_at": "2016-01-01"}),
    (REASSIGNMENT, {"personnel_id": "ana", "to_unit_id": "U0004", "effective_on": "2017-01-01",
                    "occurred_at": "2017-01-01"}),
    (PROMOTION, {"personnel_id": "ana", "to_grade": "P5", "effective_on": "2017-01-01",
                 "occurred_at": "2017-01-01"}),
    (SEPARATION, {"personnel_id": "ana", "separated_on": "2018-06-30",
                  "occurred_at": "2018-06-30"}),
    (SEPARATION, {"personnel_id": "ana", "separated_on": "2019-06-30",
                  "occurred_at": "2018-07-05"}),
]  # fmt: skip
"""Somebody who moves and is promoted on one day, and whose separation is corrected."""


@settings(max_examples=10, deadline=None)
@example(list(reversed(list(enumerate(CAREER)))))
@given(st.permutations(list(enumerate(CAREER))))
def test_a_career_is_told_right_however_it_arrives(
    warehouse: Warehouse, arrived: list[tuple[int, Event]]
) -> None:
    history = warehouse.rows("core.person_history", arrived)
    spans = [(str(row[1]), str(row[2]), row[5], row[7]) for row in history]
    assert spans == [
        ("2016-01-01", "2017-01-01", "U0003", "P4"),
        ("2017-01-01", "2019-07-01", "U0004", "P5"),
    ]
