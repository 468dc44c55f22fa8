"""Results frameworks, their indicators, measurements and links to global goals."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.results.family import RESULTS
from orgpulse_schemas.fields import Date, GcmObjective, ProjectId, RecordId, SdgTarget, UnitId
from orgpulse_schemas.plain_decimal import PlainDecimal
from orgpulse_schemas.privacy import NOBODY, Unit
from orgpulse_schemas.rules import require_at_least_one, require_order

Level = Literal["corporate", "regional", "country", "project"]
Measured = Annotated[
    Decimal,
    Field(max_digits=18, decimal_places=4),
    PlainDecimal(),
    Unit("units of the result indicator"),
    NOBODY,
]


@RESULTS.contract(
    "org.results.framework.approved.v1",
    system="PU-1",
    key="framework_id",
    purpose="Measure how much of the work is planned by results, at every level.",
)
class FrameworkApproved(Contract):
    """A results framework was approved, or approved anew; the newest event holds."""

    framework_id: RecordId
    """Number of the framework."""
    level: Level
    """Level of the organisation that it plans."""
    unit_id: UnitId
    """The office that answers for it."""
    project_id: ProjectId | None = None
    """The project, for a project's framework."""
    valid_from: Date
    """First day for which it plans."""
    valid_to: Date
    """Last day for which it plans."""

    _dates = require_order("valid_from", "valid_to")


@RESULTS.contract(
    "org.results.result_indicator.defined.v1",
    system="PU-1",
    key="framework_id",
    purpose="Know what each framework measures, from where to where.",
)
class ResultIndicatorDefined(Contract):
    """An indicator of a results framework was defined, or redefined; the newest event holds."""

    indicator_id: RecordId
    """Number of the result indicator."""
    framework_id: RecordId
    """The framework."""
    direction: Literal["higher", "lower"]
    """Whether a higher or a lower value is better."""
    baseline: Measured
    """Value at the start."""
    target: Measured
    """Value aimed at."""
    target_on: Date
    """Day on which the target is due."""


@RESULTS.contract(
    "org.results.measurement.reported.v1",
    system="PU-1",
    key="indicator_id",
    purpose="Compare results with targets.",
)
class MeasurementReported(Contract):
    """A result indicator was measured."""

    indicator_id: RecordId
    """The result indicator."""
    value: Measured
    """Value measured."""
    measured_on: Date
    """Day for which the value holds."""


@RESULTS.contract(
    "org.results.result.linked.v1",
    system="PU-1",
    key="indicator_id",
    purpose="Show which results serve which global goals.",
)
class ResultLinked(Contract):
    """A result was linked to a target of the 2030 Agenda, an objective of the Global Compact, or both."""

    indicator_id: RecordId
    """The result indicator."""
    sdg_target: SdgTarget | None = None
    """Target of the Sustainable Development Goals."""
    gcm_objective: GcmObjective | None = None
    """Objective of the Global Compact for Migration."""
    linked_on: Date
    """Day of the link."""

    _goal = require_at_least_one("sdg_target", "gcm_objective")
