"""Errors that people meet when they hand something out."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class ExportDefinitionError(OrgPulseError):
    """The definition of an export is not well formed."""

    guidance = (
        "Correct the file in the folder of the export definitions and run again; nothing was handed out."
    )


@dataclass
class UnknownExportError(OrgPulseError):
    """No such export is defined."""

    guidance = "`orgpulse export list` names those that are. Nothing leaves without a definition."


@dataclass
class AgreementError(OrgPulseError):
    """The agreement does not cover today."""

    guidance = (
        "Renew the agreement with the recipient, then state its reference and dates in the definition and "
        "raise its version. Nothing was handed out."
    )


@dataclass
class ExportRefusedError(OrgPulseError):
    """The export cannot be made from this publication."""

    guidance = (
        "Correct the definition or build a publication that holds what it names. Nothing was handed out."
    )


@dataclass
class ExportLogError(OrgPulseError):
    """The log of exports cannot be written."""

    guidance = "Free space or mend the permissions of that file: nothing leaves that is not logged."


@dataclass
class ExportFilesError(OrgPulseError):
    """The files of an export could not be written."""

    guidance = "No file was left there. Correct the cause, or name another folder, and run again."
