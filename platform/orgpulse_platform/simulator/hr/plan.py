"""The part of a scenario that recruitment, the performance cycle and the programmes are invented from."""

from datetime import date

from orgpulse_platform.simulator.part import Milestone, Part, Range, Share, Weights, Year


class Recruiting(Part):
    """How positions are filled."""

    roster_grades: tuple[str, ...]
    """Grades for which the roster is asked."""
    from_roster: Share
    """Share of appointments at these grades that come from the roster."""
    internally_advertised: Share
    """Share of internal fillings whose advertisement was internal."""
    still_vacant_advertised: Share
    """Share of the positions still vacant at the end that are advertised."""


class PerformanceCycle(Part):
    """What surrounds the appraisals."""

    pilot_cycle: Year
    pilot_offices: tuple[str, ...]
    """Duty stations whose appraisals of the pilot cycle follow the policy in force from 2020."""
    objectives: dict[Year, Share]
    """Share of staff whose objectives the HR system holds, by cycle."""
    with_objectives_text: Share
    feedback_from: Year
    """First cycle in which the HR system holds the feedback itself."""
    raters: dict[int, float]
    """Weights of the number of raters of a multi-rater appraisal."""
    with_comment: Share


class Roster(Part):
    """Candidates beside those whom appointments deploy."""

    candidates: int
    passed: Share
    profiles: Weights
    assessed: tuple[date, date]
    wait_days: Range
    """Days on the roster before a deployment."""
    deployment_days: Range
    """Days from a request to the deployment."""


class Programme(Part):
    """A talent programme."""

    intake: dict[Year, int]
    days: Range
    """Days from the first to the last day."""
    completed: Share
    placed: Share
    """Share of those completed that are placed later, as far as there is a place."""
    placement_days: Range
    """Days from the last day to the placement."""


class HrPlan(Part):
    """Everything of the family beside the workforce itself."""

    recruiting: Recruiting
    performance: PerformanceCycle
    roster: Roster
    mid_career: Programme
    young_talent: Programme
    milestones: tuple[Milestone, ...]
