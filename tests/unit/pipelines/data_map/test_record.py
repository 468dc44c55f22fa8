"""The record of processing says of every personal field why it is there, and where it goes."""

import pytest

from orgpulse_pipelines.exports.load import load_exports
from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.reference_pages.dictionary import data_map
from orgpulse_platform.settings import WarehouseSettings
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.registry import all_contracts

STATED = ("controller", "purpose", "legal_basis", "data_subjects", "category", "treatment", "safeguards")


@pytest.fixture(scope="module")
def rows():
    return {(row["contract"], row["field"]): row for row in data_map()}


def test_every_personal_field_of_every_contract_is_in_it(rows):
    personal = {
        (about.name, field.name)
        for about in all_contracts().values()
        for field in about.fields
        if field.personal_data is not PersonalData.NONE
    }
    assert personal <= rows.keys()


def test_every_row_says_who_why_whose_how_and_how_long(rows):
    assert all(row[name] for row in rows.values() for name in STATED)
    identifying = (row for row in rows.values() if row["category"] == "identifier")
    assert all(row["data_subjects"] != "none" for row in identifying)
    assert all(row["retention_days"] and row["raw_hours"] and row["rejected_hours"] for row in rows.values())


def test_what_is_dropped_goes_nowhere_but_the_raw_and_rejected_topics(rows):
    dropped = [row for row in rows.values() if row["treatment"] == TreatmentKind.DROP]
    assert dropped
    for row in dropped:
        assert {topic.partition(".")[0] for topic in row["topics"]} == {"raw", "rejected"}
        assert not any(row[place] for place in ("unpublished", "published", "indicators", "exports"))


def test_what_passes_is_followed_to_the_warehouse(rows):
    passing = [row for row in rows.values() if row["treatment"] != TreatmentKind.DROP]
    assert all(row["unpublished"] or row["published"] for row in passing)
    gender = rows["hr_appointment_made_v1", "gender"]
    assert {"core.dim_person.gender", "marts.service.gender"} <= set(gender["unpublished"])
    assert "women_among_staff" in gender["indicators"]
    assert "marts.workforce.people" in gender["published"]


def test_no_identifier_and_no_table_about_people_is_published(rows):
    people = {model.name for model in load_models() if model.metadata.people}
    for row in rows.values():
        tables = {column.rpartition(".")[0] for column in row["published"]}
        assert not tables & people


def test_a_matter_of_conduct_is_not_said_to_leave_because_it_has_a_day(rows):
    assert not any(row["exports"] for (contract, _), row in rows.items() if "_ombuds_" in contract)
    day = rows["conduct_matter_opened_v1", "opened_on"]
    assert not any(
        column.startswith("core.dim_period") for column in (*day["published"], *day["unpublished"])
    )


def test_recipients_outside_are_those_of_the_exports(rows):
    exports = {export.id: export.recipient for export in load_exports(WarehouseSettings())}
    assert {name for row in rows.values() for name in row["exports"]} == exports.keys()
    for row in rows.values():
        told = [exports[name] for name in row["exports"]]
        assert row["recipients_outside"] == sorted({one.name for one in told})
        assert row["transfers"] == sorted({one.country for one in told} - {None})


def test_older_versions_of_an_event_are_followed_through_the_newest(rows):
    older = rows["hr_appraisal_completed_v1", "personnel_id"]
    newer = rows["hr_appraisal_completed_v2", "personnel_id"]
    assert older["unpublished"] == newer["unpublished"] != []
