"""The part of a scenario that the work of the evaluation function is invented from."""

from datetime import date

from orgpulse_platform.simulator.part import Part, Range, Share, Weights


class Preparation(Part):
    """From the plan of an evaluation to its publication."""

    planned_days: Range
    """Days from the plan to the start."""
    conducted_days: Range
    """Days from the start to the publication."""
    criteria: Weights
    led: Share
    """Share of published evaluations that name their leading criterion."""
    unfinished: int
    """Evaluations planned before the end of the last year and published after it, or never."""
    unfinished_started: Share


class Progress(Part):
    """Reports on actions under way."""

    reported: Share
    """Share of accepted recommendations whose action is reported on."""
    reports: Range
    with_note: Share


class PeerReview(Part):
    """A review of the function; its fields are those of the contract."""

    review_id: str
    rating: int
    completed_on: date


class EvaluationPlan(Part):
    """Everything of the family beside evaluations, their recommendations and monitoring frameworks."""

    preparation: Preparation
    progress: Progress
    evaluator_course: str
    """Course whose participants become internal evaluators."""
    regional_evaluators: dict[str, int]
    """Evaluators trained by regional offices beside that course, by language."""
    regional_evaluators_trained: tuple[date, date]
    elearning_course: str
    """E-learning that the function reports as its own."""
    lessons: dict[int, float]
    """Weights of the number of lessons that an evaluation teaches."""
    reused: Share
    peer_reviews: tuple[PeerReview, ...]
