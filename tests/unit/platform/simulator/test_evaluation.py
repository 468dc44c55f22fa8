"""Evaluations from plan to lesson, and what the function teaches."""

from collections import defaultdict
from datetime import date

from orgpulse_schemas.families.evaluation.evaluations import (
    EvaluationPlanned,
    EvaluationPublished,
    EvaluationStarted,
)
from orgpulse_schemas.families.evaluation.learning import (
    EvaluatorTrained,
    LessonRecorded,
    LessonReused,
    MonitoringElearningCompleted,
    PeerReviewCompleted,
)
from orgpulse_schemas.families.evaluation.recommendations import (
    ActionProgressed,
    ManagementResponseGiven,
    RecommendationClosed,
)
from orgpulse_schemas.families.reference.organisation import ProjectRegistered
from orgpulse_schemas.families.training.courses import CompletionRecorded


def test_every_published_evaluation_was_planned_and_started_before(full):
    planned = {e.evaluation_id: e for e in full.payloads(EvaluationPlanned)}
    started = {e.evaluation_id: e.started_on for e in full.payloads(EvaluationStarted)}

    for published in full.payloads(EvaluationPublished):
        plan = planned[published.evaluation_id]
        assert plan.planned_on < started[published.evaluation_id] < published.published_on
        assert plan.unit_id == published.unit_id
        assert published.criterion in (None, plan.criterion)
    assert len(planned) > len(started) > len(full.payloads(EvaluationPublished))


def test_ex_post_evaluations_start_after_the_project(full):
    started = {e.evaluation_id: e.started_on for e in full.payloads(EvaluationStarted)}
    ends: dict[str, date] = {}
    for project in full.payloads(ProjectRegistered):
        if project.end_date is not None:
            ends[project.project_id] = max(project.end_date, ends.get(project.project_id, date.min))

    for evaluation in full.payloads(EvaluationPublished):
        if evaluation.kind == "ex_post":
            assert ends[evaluation.project_id] < started[evaluation.evaluation_id]


def test_actions_progress_between_answer_and_closure_and_never_backwards(full):
    answered = {r.recommendation_id: r for r in full.payloads(ManagementResponseGiven)}
    closed = {r.recommendation_id: r.closed_on for r in full.payloads(RecommendationClosed)}
    reports: defaultdict[str, list[ActionProgressed]] = defaultdict(list)
    for report in full.payloads(ActionProgressed):
        answer = answered[report.recommendation_id]
        assert answer.decision != "rejected"
        assert answer.given_on < report.reported_on < closed.get(report.recommendation_id, date.max)
        reports[report.recommendation_id].append(report)

    order = ("not_started", "in_progress", "nearly_done")
    for found in reports.values():
        by_day = sorted(found, key=lambda report: (report.reported_on, order.index(report.status)))
        statuses = [order.index(report.status) for report in by_day]
        assert statuses == sorted(statuses)
    assert {report.status for found in reports.values() for report in found} == set(order)


def test_evaluators_are_in_service_and_trained_once_in_french_and_spanish_too(full, careers):
    trained = full.payloads(EvaluatorTrained)

    assert all(careers[person.personnel_id].serves_on(person.trained_on) for person in trained)
    assert len({person.personnel_id for person in trained}) == len(trained)
    assert sum(person.language == "FR" for person in trained) >= 58
    assert sum(person.language == "ES" for person in trained) >= 46


def test_the_function_counts_the_same_e_learning_as_the_training_catalogue(full):
    recorded = {
        (c.personnel_id, c.language, c.completed_on)
        for c in full.payloads(CompletionRecorded)
        if c.course_id == "C008"
    }
    counted = {
        (c.personnel_id, c.language, c.completed_on) for c in full.payloads(MonitoringElearningCompleted)
    }

    assert counted == recorded
    assert len(counted) == 940


def test_lessons_follow_their_evaluation_and_are_used_later(full):
    published = {e.evaluation_id: e.published_on for e in full.payloads(EvaluationPublished)}
    recorded = {lesson.lesson_id: lesson for lesson in full.payloads(LessonRecorded)}
    reused = full.payloads(LessonReused)

    assert all(published[lesson.evaluation_id] < lesson.recorded_on for lesson in recorded.values())
    assert all(recorded[use.lesson_id].recorded_on < use.reused_on for use in reused)
    assert 0 < len(reused) < len(recorded)


def test_the_function_was_reviewed_by_its_peers(full):
    assert [review.rating for review in full.payloads(PeerReviewCompleted)] == [3, 4]
