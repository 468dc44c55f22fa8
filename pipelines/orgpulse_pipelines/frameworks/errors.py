"""Errors of the frameworks that people meet."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class FrameworkDefinitionError(OrgPulseError):
    """A framework's file is not well formed."""

    guidance = (
        "Correct the file in the folder that ORGPULSE_WAREHOUSE__FRAMEWORKS names (or the shipped one) and "
        "build again; nothing was changed."
    )


@dataclass
class UnknownFrameworkError(OrgPulseError):
    """There is no such framework in the publication."""

    guidance = "`orgpulse frameworks list` names those that there are."


@dataclass
class NoScoresError(OrgPulseError):
    """The framework has no scores for this period or region."""

    guidance = (
        "Name a year such as 2019 or a quarter such as 2019-Q1, and a region as "
        '`orgpulse sql "from indicators.framework_score"` shows them.'
    )
