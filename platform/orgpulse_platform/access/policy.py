"""The policy: identities, resources, and who may do what, as ``access.yaml`` states it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.systems import SYSTEMS, SourceSystem

OWN: Final = "own"


class Right(StrEnum):
    """What an identity may do with a resource."""

    READ = "read"
    WRITE = "write"
    COUNT = "count"
    ERASE = "erase"


class Resource(BaseModel):
    """Something that is protected."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    what: str
    topics: str | None = None
    """How the names of its topics begin, or ``own`` for those of a source system itself."""
    group: Literal["streams"] | None = None
    """The consumer group that it is about."""
    files: dict[str, str] = Field(default_factory=dict)
    """Its places in the state folder by name, with the mode that each must have, in octal digits."""


class Identity(BaseModel):
    """Somebody who is given rights."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: str
    principal: str | None = None
    """Name by which Kafka knows it; none where it has nothing to do there or every system has its own."""
    may: dict[str, Right]
    """What it may do, by resource."""


class Policy(BaseModel):
    """The whole policy."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    resources: dict[str, Resource]
    identities: dict[str, Identity]


@dataclass(frozen=True, slots=True)
class KafkaGrant:
    """What a principal may do on Kafka."""

    principal: str
    right: Right
    kind: Literal["topic", "group"]
    name: str
    prefixed: bool = False
    """Whether the name is how all names begin that are meant."""


@cache
def policy() -> Policy:
    """The policy of the platform; raises :class:`ValueError` if it names what it does not define."""
    text = (files("orgpulse_platform.access") / "access.yaml").read_text(encoding="utf-8")
    stated = Policy.model_validate(yaml.safe_load(text))
    unknown = {name for one in stated.identities.values() for name in one.may} - stated.resources.keys()
    if unknown:
        raise ValueError(f"access.yaml defines no resource {', '.join(sorted(unknown))}")
    return stated


def kafka_grants(group: str) -> tuple[KafkaGrant, ...]:
    """Every right on Kafka, for streams that use this consumer group."""
    return tuple(_grants(policy(), group))


def principal_of(system: SourceSystem) -> str:
    """Name by which Kafka knows a source system."""
    return system.id.lower()


def _grants(stated: Policy, group: str) -> Iterator[KafkaGrant]:
    for identity in stated.identities.values():
        for resource, right in identity.may.items():
            about = stated.resources[resource]
            if about.topics == OWN:
                yield from _own(right)
            elif about.topics is not None and identity.principal is not None:
                yield KafkaGrant(identity.principal, right, "topic", about.topics, prefixed=True)
            elif about.group is not None and identity.principal is not None:
                yield KafkaGrant(identity.principal, right, "group", group)


def _own(right: Right) -> Iterator[KafkaGrant]:
    """The right of every source system on its own raw topics, and on no other system's."""
    for system in SYSTEMS.values():
        topics = sorted({about.raw_topic for about in all_contracts().values() if about.system == system})
        for topic in topics:
            yield KafkaGrant(principal_of(system), right, "topic", topic)
