"""The page of access: who may do what with which data, from the policy that is applied."""

from collections.abc import Iterator
from typing import Final

from orgpulse_platform.access.policy import Identity, Policy, Resource, Right, policy
from orgpulse_platform.reference_pages.markdown import code, table, text
from orgpulse_platform.reference_pages.page import Page
from orgpulse_platform.reference_pages.platform_pages.places import ACCESS, PROTECTORS

_BY_ID: Final = "its id"


def access_page() -> Page:
    """Who may do what."""
    stated = policy()
    return Page(
        ACCESS,
        "Access",
        "Who may read and write what: topics, warehouse, publications, keys.",
        tuple(_body(stated)),
        PROTECTORS,
    )


def _body(stated: Policy) -> Iterator[str]:
    yield "What is not named, nobody may. `orgpulse access apply` sets it as access-control lists of Kafka"
    yield "and as permissions of files; `orgpulse access check` compares. The administrator of the cluster"
    yield "sets access and creates topics."
    yield ""
    yield "## Who may do what"
    yield ""
    resources = list(stated.resources)
    yield from table(
        ("who", *map(code, resources)),
        [
            (code(name), *(str(identity.may.get(resource, "")) for resource in resources))
            for name, identity in stated.identities.items()
        ],
    )
    yield f"{code(Right.COUNT)}: sees how many records there are and how far they were read, none of them;"
    yield f"{code(Right.ERASE)}: reads, writes again what is somebody else's, and cuts."
    yield ""
    yield "## Identities"
    yield ""
    yield from table(
        ("identity", "who", "on Kafka"),
        [
            (code(name), text(identity.who), _principal(identity))
            for name, identity in stated.identities.items()
        ],
    )
    yield "## Resources"
    yield ""
    yield from table(
        ("resource", "what", "where"),
        [(code(name), text(one.what), _where(one)) for name, one in stated.resources.items()],
    )


def _principal(identity: Identity) -> str:
    if identity.principal is not None:
        return code(identity.principal)
    return _BY_ID if "own_raw" in identity.may else ""


def _where(resource: Resource) -> str:
    if resource.files:
        places = (f"{code(place)} {mode}" for place, mode in resource.files.items())
        return f"state folder: {', '.join(places)}"
    if resource.group is not None:
        return "the consumer group of the streams"
    return "its own topics" if resource.topics == "own" else f"topics {code(f'{resource.topics}*')}"
