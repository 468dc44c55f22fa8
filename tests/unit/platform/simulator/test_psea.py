"""Trainings against sexual exploitation and abuse: packages, sessions, who attends; what trainings change."""

from collections import defaultdict
from datetime import date

from orgpulse_schemas.families.reference.organisation import OrganisationUnitRegistered
from orgpulse_schemas.families.training.courses import CompletionRecorded, SessionHeld
from orgpulse_schemas.families.training.feedback import BehaviourFollowupAnswered
from orgpulse_schemas.families.training.partners import PartnerPersonRegistered, PartnerRegistered
from orgpulse_schemas.families.training.psea import (
    FocalPointDesignated,
    PseaAttendanceRecorded,
    PseaPackageReleased,
    PseaSessionHeld,
)


def test_packages_exist_for_both_audiences_in_four_languages(full):
    released = {(p.audience, p.language) for p in full.payloads(PseaPackageReleased)}

    assert released == {
        (audience, language)
        for audience in ("staff", "implementing_partners")
        for language in ("EN", "FR", "ES", "AR")
    }


def test_sessions_use_packages_that_are_released(full):
    released = {(p.audience, p.language): p.released_on for p in full.payloads(PseaPackageReleased)}
    sessions = full.payloads(PseaSessionHeld)

    assert all(released[s.audience, s.language] <= s.held_on for s in sessions)
    assert {(s.audience, s.language) for s in sessions} == set(released)


def test_sessions_have_numbers_apart_from_those_of_the_training_catalogue(full):
    ours = [session.session_id for session in full.payloads(PseaSessionHeld)]

    assert len(ours) == len(set(ours))
    assert not set(ours) & {session.session_id for session in full.payloads(SessionHeld)}


def test_gender_focal_points_hold_sessions_only_where_one_is_designated(full):
    designated = {
        f.unit_id: f.designated_on for f in full.payloads(FocalPointDesignated) if f.role == "gender"
    }
    holders = {session.held_by for session in full.payloads(PseaSessionHeld)}

    for session in full.payloads(PseaSessionHeld):
        by_focal_point = session.held_by == "gender_focal_point"
        assert by_focal_point == (designated.get(session.unit_id, date.max) <= session.held_on)
    assert holders == {"gender_focal_point", "other_mission_staff"}


def test_staff_attend_in_their_office_and_partners_where_they_are_registered(full, careers):
    sessions = {session.session_id: session for session in full.payloads(PseaSessionHeld)}
    partners = {partner.partner_id: partner for partner in full.payloads(PartnerRegistered)}
    people = {person.partner_person_id: person for person in full.payloads(PartnerPersonRegistered)}
    attending: defaultdict[str, list[str]] = defaultdict(list)

    for attendance in full.payloads(PseaAttendanceRecorded):
        session = sessions[attendance.session_id]
        assert attendance.attended_on == session.held_on
        attending[session.session_id].append(attendance.personnel_id or attendance.partner_person_id)
        if session.audience == "staff":
            career = careers[attendance.personnel_id]
            assert career.serves_on(session.held_on)
            assert career.unit_on(session.held_on) == session.unit_id
        else:
            person = people[attendance.partner_person_id]
            assert person.registered_on <= session.held_on
            assert partners[person.partner_id].unit_id == session.unit_id

    assert set(attending) == set(sessions)
    assert all(len(found) == len(set(found)) for found in attending.values())


def test_people_of_partners_are_registered_after_their_partner(full):
    partners = {partner.partner_id: partner for partner in full.payloads(PartnerRegistered)}
    units = {unit.unit_id for unit in full.payloads(OrganisationUnitRegistered)}

    assert len(partners) == 170
    assert {partner.unit_id for partner in partners.values()} <= units
    for person in full.payloads(PartnerPersonRegistered):
        assert partners[person.partner_id].registered_on <= person.registered_on


def test_follow_ups_are_answered_some_months_after_a_session_of_the_course(full):
    first = {}
    for session in sorted(full.payloads(SessionHeld), key=lambda session: session.held_on, reverse=True):
        first[session.course_id] = session.held_on
    answers = full.payloads(BehaviourFollowupAnswered)

    assert all((answer.answered_on - first[answer.course_id]).days >= 120 for answer in answers)
    assert 0.6 < sum(answer.changed for answer in answers) / len(answers) < 0.8


def test_the_monitoring_e_learning_is_taken_in_three_languages(full):
    languages = {c.language for c in full.payloads(CompletionRecorded) if c.course_id == "C008"}

    assert languages == {"EN", "FR", "ES"}
