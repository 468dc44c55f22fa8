"""The mid-career and young-talent programmes, and the milestones of the HR strategy."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import model_validator

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.hr.family import HR, PERSONNEL
from orgpulse_schemas.fields import BirthDate, Date, PersonnelId, PublicName, RecordId
from orgpulse_schemas.privacy import NOT_NEEDED
from orgpulse_schemas.rules import contradiction, require_order

Programme = Literal["el4m", "yeti"]
OLDEST_YOUNG_TALENT = 25
"""Age in years up to which the young-talent programme admits."""


def _age(born: date, day: date) -> int:
    """Age in whole years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@HR.contract(
    "org.hr.programme.enrolled.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Measure intake of the talent programmes (EL4M: mid-career; YETI: aged 25 or under).",
    data_subjects=PERSONNEL,
)
class ProgrammeEnrolled(Contract):
    """A person enrolled in a talent programme."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    programme: Programme
    """The programme."""
    birth_date: Annotated[BirthDate, NOT_NEEDED]
    """Date of birth, by which the young-talent programme admits."""
    enrolled_on: Date
    """First day of the programme."""

    _dates = require_order("birth_date", "enrolled_on")

    @model_validator(mode="after")
    def _young_talent_is_young(self) -> Self:
        """Whoever enrols in the `programme` `yeti` is aged 25 or under on `enrolled_on`.

        Only here can it be checked: the birth date does not leave protection.
        """
        if self.programme == "yeti" and _age(self.birth_date, self.enrolled_on) > OLDEST_YOUNG_TALENT:
            raise contradiction("YETI admits nobody who is older")
        return self


@HR.contract(
    "org.hr.programme_milestone.reached.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Follow participants of the talent programmes, up to later placement.",
    data_subjects=PERSONNEL,
)
class ProgrammeMilestoneReached(Contract):
    """A participant of a talent programme reached a milestone."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    programme: Programme
    """The programme."""
    milestone: Literal["mentor_assigned", "training_started", "assignment_started", "placed"]
    """What was reached."""
    reached_on: Date
    """Day on which it was reached."""


@HR.contract(
    "org.hr.programme.completed.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Measure completion of the talent programmes.",
    data_subjects=PERSONNEL,
)
class ProgrammeCompleted(Contract):
    """A person completed a talent programme."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    programme: Programme
    """The programme."""
    completed_on: Date
    """Last day of the programme."""


@HR.contract(
    "org.hr.strategy_milestone.reached.v1",
    system="PE-3",
    key="milestone_id",
    purpose="Follow the HR strategy 2020-2025.",
)
class HrStrategyMilestoneReached(Contract):
    """A milestone of the HR strategy was reached."""

    milestone_id: RecordId
    """Number of the milestone."""
    title: PublicName
    """Name of the milestone."""
    due_on: Date
    """Day for which it was planned."""
    reached_on: Date
    """Day on which it was reached."""
