"""The global goals that results serve."""

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.reference.family import REFERENCE
from orgpulse_schemas.fields import GcmObjective, PublicName, SdgTarget


@REFERENCE.contract(
    "org.reference.sdg_target.registered.v1",
    system="PU-1",
    key="sdg_target",
    purpose="Name the targets of the Sustainable Development Goals that results serve.",
)
class SdgTargetRegistered(Contract):
    """A target of the Sustainable Development Goals was registered."""

    sdg_target: SdgTarget
    """Number of the target."""
    title: PublicName
    """Short title."""


@REFERENCE.contract(
    "org.reference.gcm_objective.registered.v1",
    system="PU-1",
    key="gcm_objective",
    purpose="Name the objectives of the Global Compact for Migration that results serve.",
)
class GcmObjectiveRegistered(Contract):
    """An objective of the Global Compact for Migration was registered."""

    gcm_objective: GcmObjective
    """Number of the objective."""
    title: PublicName
    """Short title."""
