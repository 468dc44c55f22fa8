"""Workspaces and processes digitised."""

from typing import Literal

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.ict.family import ICT
from orgpulse_schemas.fields import Date, RecordId, UnitId, Workplaces
from orgpulse_schemas.rules import require_order


@ICT.contract(
    "org.ict.workspace.digitised.v1",
    system="PE-6",
    key="unit_id",
    purpose="Measure how many workspaces are digitised.",
)
class WorkspaceDigitised(Contract):
    """Workplaces of an office were moved to the digital workspace."""

    unit_id: UnitId
    """The office."""
    workplaces: Workplaces
    """Number of workplaces moved."""
    workplaces_total: Workplaces
    """Number of workplaces of the office."""
    digitised_on: Date
    """Day of the move."""

    _counts = require_order("workplaces", "workplaces_total")


@ICT.contract(
    "org.ict.process.digitised.v1",
    system="PE-6",
    key="process_id",
    purpose="Measure how many processes are digitised.",
)
class ProcessDigitised(Contract):
    """A process of the organisation was digitised from end to end."""

    process_id: RecordId
    """Number of the process."""
    domain: Literal["hr", "finance", "procurement", "operations", "programme"]
    """Part of the organisation that it belongs to."""
    digitised_on: Date
    """Day on which paper ended."""
