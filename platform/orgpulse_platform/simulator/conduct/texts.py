"""What is confided to the ethics office and to the ombudsperson: invented, and full of names."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.texts import write

_SUMMARIES: Final = (
    "{name} asks whether a seat on the board of an association is an outside activity.",
    "{name} fears retaliation by {other} after reporting an irregularity ({email}).",
    "A supplier gave {name} a watch; {other} saw it.",
    "{name} est marié(e) à une personne employée par un partenaire de {other}.",
    "{name} pregunta si puede dar clases en la universidad.",
    "The brother of {name} applied for a position that {other} will fill.",
)
_ADVICE: Final = (
    "{name} should disclose the interest to {other} and abstain from the panel.",
    "Permitted outside working hours; {name} was asked to write to {email}.",
    "The gift is to be returned; {other} will keep the record.",
    "Orienté vers le bureau d'enquête avec l'accord de {name}.",
)
_NOTES: Final = (
    "{name} and the supervisor, {other}, no longer speak to each other.",
    "{name} feels passed over for the post that went to {other}.",
    "Visit by {name}, second one; wishes that {other} is not told ({email}).",
    "{name} décrit des remarques répétées de {other} en réunion.",
    "{name} teme que no se renueve su contrato y pide una mediación con {other}.",
    "الزائر {name} يشكو من ضغط العمل في مكتب {other}.",
)


def matter_summary(rng: Random) -> str:
    """What was asked or reported."""
    return write(rng, _SUMMARIES)


def advice(rng: Random) -> str:
    """What the ethics office advised."""
    return write(rng, _ADVICE)


def case_notes(rng: Random) -> str:
    """What a visitor told the ombudsperson."""
    return write(rng, _NOTES)
