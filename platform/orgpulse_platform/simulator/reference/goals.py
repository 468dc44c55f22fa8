"""The global goals as the results systems name them."""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.part import Part
from orgpulse_schemas.families.reference.goals import GcmObjectiveRegistered, SdgTargetRegistered

SDG_REGISTERED: Final = date(2016, 1, 1)
"""The Sustainable Development Goals apply from that day on."""
GCM_REGISTERED: Final = date(2018, 12, 19)
"""Day on which the General Assembly endorsed the Global Compact for Migration."""


class Goals(Part):
    """Short titles by number."""

    sdg_targets: dict[str, str]
    gcm_objectives: dict[int, str]


@cache
def load_goals() -> Goals:
    """Read the titles that are shipped with the simulator."""
    text = (files("orgpulse_platform.simulator.reference") / "goals.yaml").read_text("utf-8")
    return Goals.model_validate(yaml.safe_load(text))


def register_goals(chronicle: Chronicle) -> None:
    """Tell every target of the SDGs and every objective of the Global Compact for Migration."""
    goals = load_goals()
    for number, title in goals.sdg_targets.items():
        chronicle.tell(SdgTargetRegistered, SDG_REGISTERED, {"sdg_target": number, "title": title})
    for objective, title in goals.gcm_objectives.items():
        chronicle.tell(GcmObjectiveRegistered, GCM_REGISTERED, {"gcm_objective": objective, "title": title})
