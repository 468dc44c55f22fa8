"""Errors of the indicators that people meet."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class IndicatorDefinitionError(OrgPulseError):
    """An indicator's definition is not well formed."""

    guidance = "Correct the file in the folder of the definitions and build again; nothing was changed."


@dataclass
class TargetsError(OrgPulseError):
    """The targets file is not well formed."""

    guidance = (
        "Correct the file that ORGPULSE_WAREHOUSE__TARGETS names (or the shipped `targets.yaml`) and build "
        "again; nothing was changed."
    )


@dataclass
class UnknownIndicatorError(OrgPulseError):
    """There is no such indicator in the publication."""

    guidance = "`orgpulse indicators list` names those that there are."


@dataclass
class UnknownPeriodError(OrgPulseError):
    """The indicator has no figure for this period or region."""

    guidance = "`orgpulse indicators show ID --all` lists the periods and regions for which it has one."
