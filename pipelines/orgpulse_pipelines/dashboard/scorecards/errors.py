"""What can go wrong with reports, and what to do about it."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class NoChromiumError(OrgPulseError):
    """No browser was found that prints PDF files; the print-ready HTML files were written."""

    guidance = (
        "Install Debian's package `chromium`, or name a Chromium or Chrome by ORGPULSE_CHROMIUM; "
        "or print the HTML files from any browser."
    )


@dataclass
class PrintingError(OrgPulseError):
    """The browser did not make the PDF file; the print-ready HTML files were written."""

    guidance = (
        "Print the HTML file from any browser, or try again: a full disk or too little memory stops Chromium."
    )


@dataclass
class UnknownRegionError(OrgPulseError):
    """The publication has no figures of such a region."""

    guidance = "Name a region of the scorecards, such as `africa`, or `organisation` for the whole."


@dataclass
class UnknownLanguageError(OrgPulseError):
    """The dashboard does not speak that language."""

    guidance = "Name one of the dashboard's languages: `en`, `fr` or `es`."


@dataclass
class ReportFolderError(OrgPulseError):
    """The reports cannot be written there."""

    guidance = "Name a folder that you may write to, on a disk with free space."
