"""What changed in the record of processing, in words; what somebody should judge comes first."""

import pytest

from orgpulse_pipelines.data_map.difference import changes

LINE = {
    "contract": "hr_appointment_made_v1",
    "field": "gender",
    "controller": "Human Resources Management",
    "purpose": "Know who serves.",
    "data_subjects": "personnel",
    "category": "attribute",
    "treatment": "keep",
    "retention_days": "3650",
    "published": "marts.workforce.people",
    "recipients_outside": "",
    "transfers": "",
}


def data_map(*lines):
    return {(line["contract"], line["field"]): line for line in lines}


def said(old, new):
    return [(one.place, one.said, one.look) for one in changes(old, new)]


def test_the_same_map_has_no_changes_whatever_the_order():
    other = LINE | {"field": "grade"}
    assert changes(data_map(LINE, other), data_map(other, LINE)) == []


@pytest.mark.parametrize(
    ("changed", "place", "text", "look"),
    [
        (
            {"purpose": "Rank people."},
            "hr_appointment_made_v1",
            "purpose: Know who serves. → Rank people.",
            True,
        ),
        ({"retention_days": "7300"}, "hr_appointment_made_v1", "days kept: 3650 → 7300", True),
        ({"retention_days": "365"}, "hr_appointment_made_v1", "days kept: 3650 → 365", False),
        ({"treatment": "drop"}, "hr_appointment_made_v1.gender", "treatment: keep → drop", False),
        (
            {"treatment": "pseudonymise person"},
            "hr_appointment_made_v1.gender",
            "treatment: keep → pseudo",
            True,
        ),
        ({"transfers": "SE"}, "hr_appointment_made_v1.gender", "new country of transfer: SE", True),
        (
            {"recipients_outside": "A donor"},
            "hr_appointment_made_v1.gender",
            "new recipient outside: A",
            True,
        ),
        ({"published": ""}, "hr_appointment_made_v1.gender", "no longer published column: marts.work", False),
    ],
)
def test_a_change_is_told_in_words_and_weighed(changed, place, text, look):
    ((found_place, found_text, found_look),) = said(data_map(LINE), data_map(LINE | changed))
    assert (found_place, found_look) == (place, look)
    assert found_text.startswith(text)


def test_a_change_of_a_contract_is_told_once_for_all_its_fields():
    fields = [LINE | {"field": name} for name in ("gender", "grade")]
    found = said(data_map(*fields), data_map(*(field | {"controller": "ICT"} for field in fields)))
    assert found == [("hr_appointment_made_v1", "controller: Human Resources Management → ICT", True)]


def test_new_and_ended_processing_and_fields():
    asked = LINE | {"contract": "hr_survey_answered_v1", "field": "answer"}
    name = LINE | {"field": "full_name", "category": "identifier", "treatment": "drop"}
    shoe = LINE | {"field": "shoe_size", "category": "none"}
    assert said(data_map(LINE), data_map(LINE, name, shoe, asked)) == [
        ("hr_appointment_made_v1.full_name", "new field (identifier, drop)", True),
        ("hr_survey_answered_v1", "new processing, data of personnel: Know who serves.", True),
        ("hr_appointment_made_v1.shoe_size", "new field (none, keep)", False),
    ]
    assert said(data_map(LINE, name, asked), data_map(LINE)) == [
        ("hr_appointment_made_v1.full_name", "field ended", False),
        ("hr_survey_answered_v1", "processing ended, or it holds no personal data any more", False),
    ]
