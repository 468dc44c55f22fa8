"""The stories of data protection: trainings that agree with the catalogue, answers and notices in time."""

from collections import Counter
from datetime import timedelta

import pytest

from orgpulse_schemas.families.protection.guidance import ProtectionTrainingHeld
from orgpulse_schemas.families.protection.processing import (
    ImpactAssessmentCompleted,
    ProcessingActivityRegistered,
)
from orgpulse_schemas.families.protection.rights import (
    BreachClosed,
    BreachDetected,
    BreachNotified,
    SubjectRequestAnswered,
    SubjectRequestReceived,
)


@pytest.mark.parametrize(
    ("modality", "trained"),
    [("face_to_face", {2018: 500, 2019: 240}), ("webinar", {2018: 160, 2019: 300})],
)
def test_the_office_counts_the_people_whom_the_catalogue_counts(full, modality, trained):
    participants = Counter[int]()
    for training in full.payloads(ProtectionTrainingHeld):
        if training.modality == modality:
            participants[training.held_on.year] += training.participants

    assert participants == trained


def test_data_subjects_are_answered_within_30_days_later_or_not_yet(full):
    received = {request.request_id: request.received_on for request in full.payloads(SubjectRequestReceived)}
    days = [(a.answered_on - received[a.request_id]).days for a in full.payloads(SubjectRequestAnswered)]

    assert min(days) > 0
    assert 0.65 < sum(taken <= 30 for taken in days) / len(days) < 0.95
    assert len(days) < len(received)


def test_breaches_are_notified_within_72_hours_later_or_never_and_closed_after(full):
    detected = {breach.breach_id: breach.detected_at for breach in full.payloads(BreachDetected)}
    notified = {breach.breach_id: breach.notified_at for breach in full.payloads(BreachNotified)}
    in_time = [notified[id_] - detected[id_] <= timedelta(hours=72) for id_ in notified]

    assert all(notified[id_] > detected[id_] for id_ in notified)
    assert 0.5 < sum(in_time) / len(in_time) < 1
    assert len(notified) < len(detected)
    assert all(notified[b.breach_id].date() < b.closed_on for b in full.payloads(BreachClosed))


def test_only_new_technology_is_assessed_and_not_all_of_it(full):
    activities = {a.activity_id: a for a in full.payloads(ProcessingActivityRegistered)}
    assessed = {a.activity_id: a.technology for a in full.payloads(ImpactAssessmentCompleted)}
    new = {id_ for id_, activity in activities.items() if activity.technology != "none"}

    assert set(assessed) < new
    assert all(activities[id_].technology == technology for id_, technology in assessed.items())
    assert len(full.payloads(ProcessingActivityRegistered)) > len(activities)


def test_a_transfer_agreement_needs_a_third_party(full):
    activities = full.payloads(ProcessingActivityRegistered)

    assert all(a.recipients_outside for a in activities if a.transfer_agreement)
    assert any(a.recipients_outside and not a.transfer_agreement for a in activities)


def test_requests_and_breaches_name_people_so_that_dropping_it_matters(full):
    assert any(request.requester_name for request in full.payloads(SubjectRequestReceived))
    assert any("@" in b.description for b in full.payloads(BreachDetected) if b.description)
