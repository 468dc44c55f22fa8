"""What is reported about a breach, names included."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_BREACHES: Final = (
    "A list of beneficiaries was sent to {email} instead of {name}.",
    "{name} lost a laptop at the airport; the disk was encrypted, says {other}.",
    "The shared folder was open to everybody; {name} noticed and closed it.",
    "Une clé USB avec des dossiers a été perdue par {name}.",
    "Registration forms were left in a car that was stolen; {other} has informed the police.",
)


def breach_description(rng: Random) -> str:
    """What happened."""
    return write(rng, _BREACHES)
