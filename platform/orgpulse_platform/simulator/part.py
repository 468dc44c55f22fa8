"""What the parts of a scenario have in common."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Share = Annotated[float, Field(ge=0, le=1)]
Year = int
Weights = dict[str, Annotated[float, Field(ge=0)]]
"""How often each of several values is drawn, relative to the others."""
Range = tuple[int, int]
"""The smallest and the largest number drawn."""


class Part(BaseModel):
    """Base of the scenario's parts: unknown names are mistakes."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


Region = Literal["africa", "americas", "asia", "europe", "oceania"]


class FollowUp(Part):
    """Shares of what is due: done at all, and of that on time."""

    done: Share
    on_time: Share
    late_days: int
    """What is late is late by at most so many days."""


class Milestone(Part):
    """A milestone of a strategy; its fields are those of the contracts."""

    milestone_id: str
    title: str
    due_on: date
    reached_on: date
