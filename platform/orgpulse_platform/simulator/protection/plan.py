"""The part of a scenario that the organisation's data protection is invented from."""

from orgpulse_platform.simulator.part import FollowUp, Part, Share, Weights, Year


class Processing(Part):
    """The record of processing activities."""

    a_year: dict[Year, int]
    data_subjects: Weights
    categories: Weights
    purposes: Weights
    technologies: Weights
    recipients_inside: Share
    recipients_outside: Share
    agreement: Share
    """Share of transfers to third parties that rest on an agreement."""
    retention_months: Weights
    changed: Share
    """Share whose registration changes later."""
    assessed: Share
    """Share of the activities on new technology with an impact assessment."""
    residual_risks: Weights


class SubjectRequests(Part):
    """Requests of data subjects."""

    a_year: dict[Year, int]
    kinds: Weights
    requester_named: Share
    answered: FollowUp
    outcomes: Weights


class Breaches(Part):
    """Breaches of personal data."""

    a_year: dict[Year, int]
    severities: Weights
    described: Share
    notified: FollowUp
    closed: Share


class ProtectionPlan(Part):
    """Everything of the family."""

    processing: Processing
    tools: dict[Year, int]
    subject_requests: SubjectRequests
    breaches: Breaches
