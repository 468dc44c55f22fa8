"""The performance cycle: objectives, feedback of several raters, the appraisal in its two versions."""

from typing import Annotated, Literal, Self

from pydantic import model_validator

from orgpulse_schemas.contract import Contract
from orgpulse_schemas.families.hr.family import HR, PERSONNEL
from orgpulse_schemas.fields import Date, FreeText, People, PersonnelId, RecordId, Year
from orgpulse_schemas.privacy import NOT_NEEDED, Needed
from orgpulse_schemas.rules import contradiction
from orgpulse_schemas.upgrade import Constant, Keep, Translate, Upgrade

SEVERAL = 2
"""Number of raters from which feedback counts as that of several."""
APPRAISALS = "Measure whether performance management works: on time, multi-rater, aligned to corporate goals."


@HR.contract(
    "org.hr.objectives.set.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Measure how many objectives are aligned to corporate goals.",
    data_subjects=PERSONNEL,
)
class ObjectivesSet(Contract):
    """A person's objectives for a performance cycle were set."""

    personnel_id: PersonnelId
    """Number of the person in the HR system."""
    cycle: Year
    """Year of the performance cycle."""
    corporate_goal: Literal["principled", "purposeful", "prepared"] | None = None
    """The corporate goal that an objective is aligned to; empty if none is."""
    objectives: FreeText | None = None
    """The objectives."""
    set_on: Date
    """Day on which they were agreed."""


@HR.contract(
    "org.hr.multi_rater_feedback.given.v1",
    system="PE-3",
    key="personnel_id",
    purpose="Measure how many appraisals rest on the feedback of several people.",
    data_subjects=PERSONNEL,
)
class MultiRaterFeedbackGiven(Contract):
    """Somebody gave feedback on a person; who gave it is not asked for."""

    feedback_id: RecordId
    """Number of the feedback."""
    personnel_id: PersonnelId
    """Number of the person whom it is about."""
    cycle: Annotated[
        Year,
        Needed("The build warns of feedback of several raters that the cycle's appraisal does not know."),
    ]
    """Year of the performance cycle."""
    rater: Literal["supervisor", "peer", "supervisee"]
    """Relation of the rater to the person."""
    comment: FreeText | None = None
    """What the rater wrote."""
    given_on: Date
    """Day of the feedback."""


@HR.contract(
    "org.hr.appraisal.completed.v1",
    system="PE-3",
    key="personnel_id",
    purpose=APPRAISALS,
    data_subjects=PERSONNEL,
)
class AppraisalCompleted(Contract):
    """A yearly performance appraisal was completed."""

    personnel_id: PersonnelId
    """Number of the person appraised."""
    cycle: Year
    """Year of the performance cycle."""
    due_on: Date
    """Last day on which completion was on time."""
    completed_on: Date
    """Day of completion."""
    multi_rater: bool
    """Whether feedback of several raters was given."""
    aligned_to_corporate_goal: bool
    """Whether at least one objective was aligned to a corporate goal."""
    comments: FreeText | None = None
    """Comments of supervisor and supervisee."""


@HR.contract(
    "org.hr.appraisal.completed.v2",
    system="PE-3",
    key="personnel_id",
    purpose=APPRAISALS,
    data_subjects=PERSONNEL,
    upgrades=Upgrade(
        from_type="org.hr.appraisal.completed.v1",
        rules={
            "personnel_id": Keep(),
            "cycle": Keep(),
            "due_on": Keep(),
            "completed_on": Keep(),
            "multi_rater": Keep(),
            "raters": Constant(None),
            "corporate_goal": Translate("aligned_to_corporate_goal", {True: "not_named", False: "none"}),
            "comments": Keep(),
        },
    ),
)
class AppraisalCompletedV2(Contract):
    """A yearly performance appraisal was completed under the policy in force since January 2020."""

    personnel_id: PersonnelId
    """Number of the person appraised."""
    cycle: Year
    """Year of the performance cycle."""
    due_on: Date
    """Last day on which completion was on time."""
    completed_on: Date
    """Day of completion."""
    multi_rater: bool
    """Whether feedback of several raters was given."""
    raters: Annotated[People | None, NOT_NEEDED] = None
    """Number of people who gave feedback; empty where they were not counted."""
    corporate_goal: Literal["principled", "purposeful", "prepared", "not_named", "none"]
    """Corporate goal to which an objective was aligned; ``not_named`` if it was not recorded which one."""
    comments: FreeText | None = None
    """Comments of supervisor and supervisee."""

    @model_validator(mode="after")
    def _raters_are_several(self) -> Self:
        """Where `raters` is given, `multi_rater` is true for two or more of them and false otherwise."""
        if self.raters is not None and self.multi_rater != (self.raters >= SEVERAL):
            raise contradiction("multi_rater does not fit the number of raters")
        return self
