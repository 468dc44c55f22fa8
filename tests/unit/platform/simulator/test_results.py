"""The stories of results: strategies with gaps, frameworks at four levels, proposals, regional support."""

from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise

import pytest

from orgpulse_schemas.families.reference.organisation import OrganisationUnitRegistered, ProjectRegistered
from orgpulse_schemas.families.results.capacity import (
    MaturityAssessed,
    ResultsTrainingHeld,
    StrategyAdopted,
    StrategyExpired,
)
from orgpulse_schemas.families.results.frameworks import (
    FrameworkApproved,
    MeasurementReported,
    ResultIndicatorDefined,
    ResultLinked,
)
from orgpulse_schemas.families.results.proposals import (
    ProposalEndorsed,
    ProposalReturned,
    ProposalReviewed,
    ProposalSubmitted,
)
from orgpulse_schemas.families.results.regional_support import (
    StrategyDocumentReviewed,
    SupportRequestClosed,
    SupportRequestOpened,
)
from orgpulse_schemas.families.training.courses import SessionHeld

COMPACT_ADOPTED = date(2018, 12, 10)
END_OF_2019 = date(2019, 12, 31)


@pytest.fixture(scope="session")
def unit_types(full) -> dict[str, str]:
    return {unit.unit_id: unit.unit_type for unit in full.payloads(OrganisationUnitRegistered)}


@pytest.fixture(scope="session")
def indicators(full) -> dict[str, ResultIndicatorDefined]:
    """Each indicator as last defined."""
    defined = sorted(full.events[ResultIndicatorDefined], key=lambda event: event[0])
    return {indicator.indicator_id: indicator for _, indicator in defined}


def test_an_office_has_one_strategy_at_a_time_and_some_have_gaps(full, unit_types):
    ended = {e.strategy_id: e.expired_on for e in full.payloads(StrategyExpired)}
    by_office: defaultdict[str, list[StrategyAdopted]] = defaultdict(list)
    for strategy in full.payloads(StrategyAdopted):
        by_office[strategy.unit_id].append(strategy)
        assert unit_types[strategy.unit_id] == f"{strategy.level}_office"
        assert ended.get(strategy.strategy_id, strategy.valid_to) <= strategy.valid_to

    gaps = []
    for strategies in by_office.values():
        strategies.sort(key=lambda strategy: strategy.valid_from)
        gaps += [
            (after.valid_from - ended[before.strategy_id]).days for before, after in pairwise(strategies)
        ]
    assert min(gaps) == 1
    assert sum(gap > 30 for gap in gaps) > 20
    current = {s.unit_id for s in full.payloads(StrategyAdopted) if s.strategy_id not in ended}
    assert 0.5 < len(current) / len(by_office) < 0.95


def test_a_country_strategy_was_reviewed_before_it_was_adopted(full):
    adopted = defaultdict(list)
    for time, strategy in full.events[StrategyAdopted]:
        adopted[strategy.unit_id].append(time.date())

    for review in full.payloads(StrategyDocumentReviewed):
        assert any(0 < (day - review.reviewed_on).days <= 70 for day in adopted[review.unit_id])


def test_frameworks_plan_at_four_levels_for_what_exists(full, unit_types):
    projects = {project.project_id: project for project in full.payloads(ProjectRegistered)}
    frameworks = full.payloads(FrameworkApproved)
    office_of = {"regional": "regional_office", "corporate": "headquarters"}

    assert set(Counter(framework.level for framework in frameworks)) == {
        "corporate", "regional", "country", "project",
    }  # fmt: skip
    for framework in frameworks:
        assert (framework.project_id is not None) == (framework.level == "project")
        assert unit_types[framework.unit_id] == office_of.get(framework.level, unit_types[framework.unit_id])
        if framework.project_id:
            project = projects[framework.project_id]
            assert (framework.unit_id, framework.valid_from) == (project.unit_id, project.start_date)


def test_indicators_are_measured_within_their_framework_and_some_miss_their_target(full, indicators):
    frameworks = {framework.framework_id: framework for framework in full.payloads(FrameworkApproved)}
    newest: dict[str, MeasurementReported] = {}
    for measurement in full.payloads(MeasurementReported):
        framework = frameworks[indicators[measurement.indicator_id].framework_id]
        assert framework.valid_from < measurement.measured_on <= framework.valid_to
        before = newest.get(measurement.indicator_id, measurement)
        newest[measurement.indicator_id] = max(before, measurement, key=lambda found: found.measured_on)

    final = [m for m in newest.values() if m.measured_on == indicators[m.indicator_id].target_on]
    reached = [on_target(indicators[m.indicator_id], m) for m in final]
    assert len(final) > 200
    assert 0.55 < sum(reached) / len(reached) < 0.75


def test_results_serve_global_goals_and_the_compact_only_once_it_is_adopted(full, indicators):
    links = full.payloads(ResultLinked)

    assert {link.indicator_id for link in links} < set(indicators)
    assert any(link.sdg_target and link.gcm_objective for link in links)
    assert any(link.sdg_target and not link.gcm_objective for link in links)
    assert all(link.linked_on >= COMPACT_ADOPTED for link in links if link.gcm_objective)
    assert len({link.gcm_objective for link in links if link.gcm_objective}) > 15


def test_proposals_are_reviewed_returned_and_endorsed_in_that_order(full):
    submitted = {p.proposal_id: p.submitted_on for p in full.payloads(ProposalSubmitted)}
    reviews, returns = defaultdict(list), defaultdict(list)
    for review in full.payloads(ProposalReviewed):
        reviews[review.proposal_id].append((review.round, review.reviewed_on))
    for returned in full.payloads(ProposalReturned):
        returns[returned.proposal_id].append(returned.returned_on)
    endorsed = {p.proposal_id: p.endorsed_on for p in full.payloads(ProposalEndorsed)}

    for proposal, rounds in reviews.items():
        days = [day for _, day in sorted(rounds)]
        assert [number for number, _ in sorted(rounds)] == list(range(1, len(rounds) + 1))
        assert submitted[proposal] < days[0]
        turns = sorted(returns[proposal])
        assert all(review < turn for review, turn in zip(days, turns, strict=False))
        assert all(turn < review for turn, review in zip(turns, days[1:], strict=False))
        if proposal in endorsed:
            assert endorsed[proposal] > days[-1]
            assert len(turns) == len(days) - 1
    first_time = sum(not returns[proposal] for proposal in endorsed) / len(endorsed)
    assert 0.4 < first_time < 0.75
    assert len(endorsed) < len(submitted)


def test_support_requests_are_closed_on_time_late_or_not_yet(full):
    opened = {request.request_id: request for request in full.payloads(SupportRequestOpened)}
    closed = {c.request_id: c.closed_on for c in full.payloads(SupportRequestClosed)}

    late = sum(day > opened[request].due_on for request, day in closed.items())
    assert all(day > opened[request].opened_on for request, day in closed.items())
    assert 0.1 < late / len(closed) < 0.4
    assert len(closed) < len(opened)


def test_trainings_in_results_based_management_are_those_of_the_catalogue(full):
    sessions = {(session.unit_id, session.held_on) for session in full.payloads(SessionHeld)}
    trainings = full.payloads(ResultsTrainingHeld)

    assert {(training.unit_id, training.held_on) for training in trainings} <= sessions
    trained = Counter[int]()
    for training in trainings:
        trained[training.held_on.year] += training.participants
    assert trained == {2017: 130, 2018: 180, 2019: 240}


def test_offices_grow_more_mature_and_never_fall_back(full):
    stages = defaultdict(list)
    for assessment in full.payloads(MaturityAssessed):
        stages[assessment.unit_id].append((assessment.assessed_on, assessment.stage))

    assert all(
        [stage for _, stage in sorted(found)] == sorted(s for _, s in found) for found in stages.values()
    )
    assert any(len({stage for _, stage in found}) > 1 for found in stages.values())


def on_target(indicator: ResultIndicatorDefined, measurement: MeasurementReported) -> bool:
    if indicator.direction == "lower":
        return measurement.value <= indicator.target
    return measurement.value >= indicator.target
