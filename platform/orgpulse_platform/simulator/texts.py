"""Free text as people write it: with names and addresses in it, which is why it must not pass protection."""

from random import Random
from typing import Final

from orgpulse_platform.simulator.names import email_address, invent_name

_FEEDBACK: Final = (
    "Many thanks to {name}, the examples from our own mission helped a lot.",
    "Please send the slides to {email}.",
    "Too long for one day. {name} could not finish the last part.",
    "Merci à {name} pour sa patience ; le module en français fonctionne bien.",
    "Muy útil. Mi colega {name} ({email}) también quisiera participar.",
    "كانت الدورة مفيدة، شكرا {name}.",
    "The audio broke off twice; I wrote to {email} and got an answer the same day.",
    "Good. Nothing to add.",
)
_APPRAISAL: Final = (
    "{name} exceeded the objectives agreed in January; see the note of {other}.",
    "Objectives met. {name} should take over the coordination from {other}.",
    "The supervisee disagrees with the second rating; {other} was asked to comment ({email}).",
    "{name} a rempli tous ses objectifs malgré l'absence de {other}.",
    "Se recomienda a {name} para el programa de formación; contacto: {email}.",
)
_RECOMMENDATION: Final = (
    "The office should agree referral pathways with partners; {name} holds the draft.",
    "Define indicators with baselines before the next phase starts.",
    "Hand over the database from {name} to a permanent position, and document access rights ({email}).",
    "Plan the exit strategy with the Government counterpart, {name}, before funds end.",
    "Le bureau devrait réviser le cadre de résultats avec {name}.",
)
_ANYWHERE: Final = ("SEN", "COL", "UKR", "JPN", "BGD", "PHL", "FRA", "TUR", "EGY", "FJI", "KEN", "GBR")


def feedback_comment(rng: Random) -> str:
    """What a participant writes about a training."""
    return write(rng, _FEEDBACK)


def appraisal_comment(rng: Random) -> str:
    """What supervisor and supervisee write in an appraisal."""
    return write(rng, _APPRAISAL)


def recommendation_text(rng: Random) -> str:
    """What an evaluation recommends."""
    return write(rng, _RECOMMENDATION)


def write(rng: Random, templates: tuple[str, ...]) -> str:
    """One of the templates, its ``{name}``, ``{other}`` and ``{email}`` filled with invented people."""
    template = rng.choice(templates)
    if "{" not in template:
        return template
    name = invent_name(rng, rng.choice(_ANYWHERE), rng.choice(("female", "male")))
    other = invent_name(rng, rng.choice(_ANYWHERE), rng.choice(("female", "male")))
    return template.format(name=name.full, other=other.full, email=email_address(name, rng.randint(10, 99)))
