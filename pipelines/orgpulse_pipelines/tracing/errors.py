"""What can go wrong when an event is traced."""

from dataclasses import dataclass

from orgpulse_platform.errors import OrgPulseError


@dataclass
class UnknownSystemError(OrgPulseError):
    """No source system is called so."""

    guidance = (
        "Name it by its id, such as PE-3, or by its CloudEvents source, such as urn:orgpulse:system:pe-3."
    )
