"""Every source system counts its events by contract and day, so that a loss on the way to us is seen.

A contract belongs to one source system, which alone may publish it. So each system has one of its own here,
made by the same rule: a system that is added to :data:`NAMES` can count at once.
"""

from typing import Annotated, Final

from pydantic import ConfigDict, Field, StringConstraints, create_model

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.control.family import CONTROL
from orgpulse_schemas.fields import Date
from orgpulse_schemas.privacy import KEEP, PersonalData, Privacy, Unit

NAMES: Final = {
    "PR-1": "gender_equality",
    "PR-2": "ethics",
    "PR-3": "environment",
    "PR-4": "data_protection",
    "PU-1": "results_management",
    "PU-2": "evaluation",
    "PU-3": "policy_hub",
    "PE-1": "development_fund",
    "PE-2": "regional_support",
    "PE-3": "human_resources",
    "PE-4": "ombudsperson",
    "PE-5": "finance",
    "PE-6": "ict",
}
"""The name of each source system in the type of its counts."""

_NOBODY: Final = Privacy(PersonalData.NONE, KEEP)
_EventType = Annotated[
    str,
    StringConstraints(pattern=r"^org\.[a-z]+\.[a-z_]+\.[a-z]+\.v[0-9]+$"),
    _NOBODY,
    Field(description="Type of the events that are counted; the contract is one of the same source system."),
]
_Day = Annotated[
    Date, Field(description="Day on which the counted events happened: that of their time, in UTC.")
]
_Events = Annotated[
    int,
    Field(
        ge=0,
        le=10_000_000,
        description="Number of different events of that type and day which the source system has; "
        "none of them counts twice, and it counts as well if it was sent late or refused.",
    ),
    Unit("events"),
    _NOBODY,
]


class _Counted(Contract):
    """A contract whose fields are stated in code: pydantic need not look for them in a source file."""

    model_config = ConfigDict(use_attribute_docstrings=False)


def _counted_by(system: str, name: str) -> type[Contract]:
    model = create_model(
        "".join(word.capitalize() for word in name.split("_")) + "EventsCounted",
        __base__=_Counted,
        __module__=__name__,
        __doc__=(
            f"The source system {system} counted its events of one type and day; a later count corrects it."
        ),
        event_type=(_EventType, ...),
        day=(_Day, ...),
        events=(_Events, ...),
    )
    register = CONTROL.contract(
        f"org.control.{name}_events.counted.v1",
        system=system,
        key="event_type",
        purpose="Compare what arrived with what the source system says it sent.",
    )
    return register(model)


COUNTED: Final = {system: _counted_by(system, name) for system, name in NAMES.items()}
"""The contract of each source system's counts, by its id."""
