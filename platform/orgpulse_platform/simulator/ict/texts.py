"""What clients write to the service desk, names included."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_INCIDENTS: Final = (
    "{name} cannot log in since this morning; please call back or write to {email}.",
    "Payslip of {name} shows the data of {other}.",
    "No connection in the whole office, says {name}.",
    "Impossible d'envoyer des courriels depuis le poste de {name}.",
    "La pantalla de {name} queda en blanco al abrir el sistema ({email}).",
    "Time-outs for everybody since the last update.",
)
_COMMENTS: Final = (
    "{name} at the service desk solved it within minutes.",
    "I waited three days for an answer to {email}.",
    "Works, but slowly from the field.",
    "Merci à {name} !",
    "Muy lento por la tarde; lo mismo dice {name}.",
)


def incident_report(rng: Random) -> str:
    """What is reported about an incident."""
    return write(rng, _INCIDENTS)


def client_comment(rng: Random) -> str:
    """What a client adds to the rating of a service."""
    return write(rng, _COMMENTS)
