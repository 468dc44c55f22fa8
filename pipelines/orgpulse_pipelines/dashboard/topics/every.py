"""All topics, in the order in which readers find them."""

from typing import Final

from orgpulse_pipelines.dashboard.topics.environment import environment
from orgpulse_pipelines.dashboard.topics.fund import fund
from orgpulse_pipelines.dashboard.topics.goals import goals
from orgpulse_pipelines.dashboard.topics.ict import ict
from orgpulse_pipelines.dashboard.topics.recommendations import recommendations
from orgpulse_pipelines.dashboard.topics.results import results
from orgpulse_pipelines.dashboard.topics.risks import risks
from orgpulse_pipelines.dashboard.topics.roster import roster
from orgpulse_pipelines.dashboard.topics.topic import Make
from orgpulse_pipelines.dashboard.topics.training import training
from orgpulse_pipelines.dashboard.topics.workforce import workforce

EVERY_TOPIC: Final[tuple[Make, ...]] = (
    results,
    goals,
    recommendations,
    training,
    environment,
    workforce,
    roster,
    fund,
    risks,
    ict,
)
