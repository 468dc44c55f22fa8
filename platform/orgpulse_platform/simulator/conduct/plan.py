"""The part of a scenario that conduct matters and ombudsperson cases are invented from."""

from orgpulse_platform.simulator.part import Part, Range, Share, Weights, Year


class Matters(Part):
    """Enquiries and matters of the ethics and conduct office."""

    a_year: dict[Year, int]
    enquiries: Share
    kinds: Weights
    person_named: Share
    summarised: Share
    advised: Share
    advice_days: Range
    closed: Share
    closure_days: Range
    outcomes: Weights


class OmbudsCases(Part):
    """Visitors of the ombudsperson."""

    a_year: dict[Year, int]
    concerns: Weights
    visitor_named: Share
    noted: Share
    resolved: Share
    referred: Share
    days: Range
    closed: Share
    issues_a_year: int
    issue_themes: Weights


class Prevention(Part):
    """Workshops and focal points."""

    workshops_a_year: dict[Year, int]
    webinars: Share
    participants: Range
    focal_points: dict[Year, int]


class ConductPlan(Part):
    """Everything of the family."""

    matters: Matters
    ombuds_cases: OmbudsCases
    prevention: Prevention
