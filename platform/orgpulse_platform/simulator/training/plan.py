"""The part of a scenario that trainings against sexual exploitation and abuse are invented from."""

from datetime import date
from typing import Literal

from orgpulse_platform.simulator.part import Part, Range, Share, Year


class Package(Part):
    """A training package; its fields are those of the contract beside its number."""

    audience: Literal["staff", "implementing_partners"]
    language: Literal["EN", "FR", "ES", "AR"]
    released_on: date


class Partners(Part):
    """Implementing partners and the people who work for them."""

    number: int
    registered: tuple[date, date]
    people: Range
    """People of one partner."""


class PseaSessions(Part):
    """Sessions of one audience."""

    sessions: dict[Year, int]
    attendance: Range


class FollowUps(Part):
    """Questionnaires some months after a session."""

    answered: Share
    changed: Share
    with_example: Share
    after_days: Range


class TrainingPlan(Part):
    """Everything of the family beside courses and their participants."""

    course_languages: dict[str, tuple[str, ...]]
    """Languages in which an e-learning is offered, by course; every language where none is named."""
    packages: tuple[Package, ...]
    partners: Partners
    staff_sessions: PseaSessions
    partner_sessions: PseaSessions
    follow_ups: FollowUps
