"""How able offices are to manage by results: strategies, trainings, maturity."""

from typing import Annotated, Literal

from pydantic import Field

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.results.family import RESULTS
from orgpulse_schemas.fields import Date, Language, People, RecordId, UnitId
from orgpulse_schemas.privacy import NOBODY, Unit
from orgpulse_schemas.rules import require_order


@RESULTS.contract(
    "org.results.strategy.adopted.v1",
    system="PU-1",
    key="unit_id",
    purpose="Measure how many offices work under a current strategy.",
)
class StrategyAdopted(Contract):
    """A country or regional strategy was adopted."""

    strategy_id: RecordId
    """Number of the strategy."""
    unit_id: UnitId
    """The office."""
    level: Literal["regional", "country"]
    """What it covers."""
    valid_from: Date
    """First day on which it holds."""
    valid_to: Date
    """Last day on which it holds."""

    _dates = require_order("valid_from", "valid_to")


@RESULTS.contract(
    "org.results.strategy.expired.v1",
    system="PU-1",
    key="unit_id",
    purpose="Measure how many offices work under a current strategy.",
)
class StrategyExpired(Contract):
    """A strategy ended, at its end or before."""

    strategy_id: RecordId
    """Number of the strategy."""
    unit_id: UnitId
    """The office."""
    expired_on: Date
    """Last day on which it held."""


@RESULTS.contract(
    "org.results.training.held.v1",
    system="PU-1",
    key="training_id",
    purpose="Know how many people are trained in results-based management.",
)
class ResultsTrainingHeld(Contract):
    """A training in results-based management was held."""

    training_id: RecordId
    """Number of the training."""
    unit_id: UnitId
    """The office in which, or for which, it was held."""
    language: Language
    """Language of the training."""
    participants: People
    """Number of people trained."""
    held_on: Date
    """Day of the training."""


@RESULTS.contract(
    "org.results.maturity.assessed.v1",
    system="PU-1",
    key="unit_id",
    purpose="Follow how mature results-based management is.",
)
class MaturityAssessed(Contract):
    """An office assessed its own maturity in results-based management."""

    unit_id: UnitId
    """The office."""
    stage: Annotated[int, Field(ge=1, le=5), Unit("stage from 1 (starting) to 5 (leading)"), NOBODY]
    """Stage of maturity."""
    assessed_on: Date
    """Day of the assessment."""
