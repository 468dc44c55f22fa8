"""Errors of the dashboard's words that people meet."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class MissingTranslationError(OrgPulseError):
    """A text has no translation."""

    guidance = (
        "Bring the catalogues up to date (`orgpulse dashboard words`) and fill in "
        "the empty `msgstr` in the folder of the language."
    )


@dataclass
class CatalogueError(OrgPulseError):
    """A catalogue of translations is not well formed."""

    guidance = "Correct the line of the file that is named; every other file is as it was."
