"""What a contract is: one pydantic model that states everything the platform derives from an event type.

A contract class holds the payload that is accepted; :mod:`orgpulse_schemas.protected` derives the payload
that leaves protection. Field docstrings are the field's meaning, field annotations its unit and privacy.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, ClassVar, Final, Literal, TypedDict, TypeVar, Unpack, get_args

from pydantic import BaseModel, ConfigDict

from orgpulse_schemas.classification import ARRIVING, LEAVING, Classification, classify
from orgpulse_schemas.privacy import (
    DROP,
    NOBODY,
    NOT_NEEDED,
    Needed,
    PersonalData,
    Privacy,
    Treatment,
    Unit,
)
from orgpulse_schemas.systems import SYSTEMS, SourceSystem
from orgpulse_schemas.upgrade import Upgrade

EVENT_TYPE: Final = re.compile(
    r"^org\.(?P<family>[a-z]+)\.(?P<entity>[a-z_]+)\.(?P<verb>[a-z]+)\.v(?P<major>[0-9]+)$"
)
"""``org.<family>.<entity>.<past-tense verb>.v<major>``"""


class Contract(BaseModel):
    """Base of every event payload.

    Unknown fields are ignored on arrival and never pass protection (allow-list). Types are strict: the text
    ``"12"`` is no number.

    Instances are immutable, as events are.
    """

    model_config = ConfigDict(
        strict=True, extra="ignore", frozen=True, use_attribute_docstrings=True, hide_input_in_errors=True
    )

    about: ClassVar["About"]


ContractT = TypeVar("ContractT", bound=Contract)


@dataclass(frozen=True, slots=True)
class ContractField:
    """One field of a contract, as every derived document needs it."""

    name: str
    meaning: str
    annotation: Any
    required: bool
    unit: str | None
    personal_data: PersonalData
    treatment: Treatment
    needed: str
    """Why it passes although no indicator reads it, or though it is case data; empty if not said."""
    notes: tuple[Any, ...]
    """Everything that annotates the field's type, at any depth."""


@dataclass(frozen=True)
class About:
    """Everything a contract states beside its fields."""

    event_type: str
    """CloudEvents type."""
    family: str
    entity: str
    verb: str
    major: int
    system: SourceSystem
    owner: str
    """Unit of the organisation that answers for the data."""
    purpose: str
    """Why the event is processed (specified and legitimate purpose)."""
    legal_basis: str
    data_subjects: str
    """Whose data it holds; ``none`` where it holds nobody's."""
    retention_days: int
    """How long the protected event is kept, in days: on its topic from its arrival; in the warehouse it names
    somebody until that long after the last event about the same person or case."""
    case_data: bool
    """Whether it tells of somebody's case: then nothing passes but what the contract says is needed."""
    eased: str
    """Why a contract of a family of case data is none itself; empty for all others."""
    compatibility: Literal["backward"]
    """What a newer minor version may change: consumers of the older one can read it."""
    key: str
    """The field whose protected value is the Kafka record key, so that its events stay in order."""
    upgrades: Upgrade | None
    """How the version before becomes this one; nothing for the first version."""
    model: type[Contract]

    @property
    def name(self) -> str:
        """Name in tables and files: ``<family>_<entity>_<verb>_v<major>``."""
        return f"{self.family}_{self.entity}_{self.verb}_v{self.major}"

    @property
    def raw_topic(self) -> str:
        """Topic its source system writes to."""
        return f"raw.{self.family}.{self.system.id.lower()}"

    @property
    def events_topic(self) -> str:
        """Topic that carries it once protected."""
        return f"events.{self.family}"

    @cached_property
    def fields(self) -> tuple[ContractField, ...]:
        """The fields in the order in which the contract names them."""
        return tuple(_fields(self.model, self.case_data))

    @cached_property
    def classification(self) -> Classification:
        """How confidential the event is as it is published."""
        published = (field.personal_data for field in self.fields)
        return classify(published, ARRIVING, case_data=self.case_data)

    @cached_property
    def protected_classification(self) -> Classification:
        """How confidential the event is once it is protected."""
        leaving = (field.personal_data for field in self.fields if field.treatment != DROP)
        return classify(leaving, LEAVING, case_data=self.case_data)


def _notes(annotation: Any) -> Iterator[Any]:
    """Every annotation note inside a type, so that ``Optional[...]`` or ``list[...]`` hides no privacy."""
    yield from getattr(annotation, "__metadata__", ())
    for argument in get_args(annotation):
        yield from _notes(argument)


def _flat(notes: list[Any]) -> Iterator[Any]:
    """The notes with pydantic's ``Field(...)`` groups taken apart into their constraints."""
    for note in notes:
        yield note
        yield from getattr(note, "metadata", ())


def _privacy(name: str, notes: list[Any]) -> Privacy:
    stated = {note for note in notes if isinstance(note, Privacy)}
    if len(stated) > 1:
        raise TypeError(f"field {name} states more than one privacy treatment")
    return stated.pop() if stated else NOBODY


def _treatment(privacy: Privacy, notes: list[Any], case_data: bool) -> tuple[Treatment, str]:
    """What is done with a field, and why it passes if that is said."""
    needed = next((note.reason for note in notes if isinstance(note, Needed)), "")
    unneeded = NOT_NEEDED in notes or (case_data and not needed)
    return (DROP if unneeded else privacy.treatment), needed


def _fields(model: type[Contract], case_data: bool) -> Iterator[ContractField]:
    for name, info in model.model_fields.items():
        notes = [*info.metadata, *_notes(info.annotation)]
        privacy = _privacy(name, notes)
        treatment, needed = _treatment(privacy, notes, case_data)
        yield ContractField(
            name=name,
            meaning=info.description or "",
            annotation=info.annotation,
            required=info.is_required(),
            unit=next((note.symbol for note in notes if isinstance(note, Unit)), None),
            personal_data=privacy.personal_data,
            treatment=treatment,
            needed=needed,
            notes=tuple(_flat(notes)),
        )


class Stated(TypedDict, total=False):
    """What a contract states for itself where the family's word does not fit, or has none."""

    data_subjects: str
    """Whose data it holds; a contract that does not say holds nobody's."""
    owner: str
    legal_basis: str
    retention_days: int
    """Shorter than the family's; the topic of the family keeps no event for longer than the shortest says."""
    eased: str
    """Why a contract of a family of case data is none itself."""
    upgrades: Upgrade
    """How the version before becomes this one."""


@dataclass(frozen=True)
class Family:
    """A family of contracts that travel on one ``events`` topic.

    Owner, legal basis and retention hold for all of them, unless a contract states its own.
    """

    name: str
    owner: str
    legal_basis: str
    retention_days: int
    case_data: bool = False
    """Whether its contracts tell of somebody's case, unless one says why it does not."""
    contracts: dict[str, About] = field(default_factory=dict[str, About])

    @property
    def topic_retention_days(self) -> int:
        """How long its ``events`` topic keeps events: no longer than the contract that allows the least."""
        return min(about.retention_days for about in self.contracts.values())

    def contract(
        self, type_: str, *, system: str, key: str, purpose: str, **stated: Unpack[Stated]
    ) -> Callable[[type[ContractT]], type[ContractT]]:
        """Register a model as the contract of a CloudEvents type; the family gives what is not said here.

        Raises :class:`ValueError` for a type, retention or upgrade that cannot be.
        """
        match = EVENT_TYPE.fullmatch(type_)
        if match is None or match["family"] != self.name:
            raise ValueError(f"{type_} is not a type of the family {self.name}")
        if type_ in self.contracts:
            raise ValueError(f"{type_} has a contract already")
        if stated.get("retention_days", 0) > self.retention_days:
            raise ValueError(f"{type_} is to be kept for longer than its topic keeps it")

        def register(model: type[ContractT]) -> type[ContractT]:
            about = About(
                event_type=type_,
                family=self.name,
                entity=match["entity"],
                verb=match["verb"],
                major=int(match["major"]),
                system=SYSTEMS[system],
                owner=stated.get("owner", self.owner),
                purpose=purpose,
                legal_basis=stated.get("legal_basis", self.legal_basis),
                data_subjects=stated.get("data_subjects", "none"),
                retention_days=stated.get("retention_days", self.retention_days),
                case_data=self.case_data and not stated.get("eased"),
                eased=stated.get("eased", ""),
                compatibility="backward",
                key=key,
                upgrades=stated.get("upgrades"),
                model=model,
            )
            self._check_upgrade(about)
            model.about = self.contracts[type_] = about
            return model

        return register

    def _check_upgrade(self, about: About) -> None:
        """The upgrade starts from the version before, fills every field, and reads only what is there."""
        if about.upgrades is None:
            return
        older = self.contracts.get(about.upgrades.from_type)
        if older is None or (older.entity, older.verb, older.major) != (
            about.entity,
            about.verb,
            about.major - 1,
        ):
            raise ValueError(f"{about.event_type} does not upgrade the version before it")
        if set(about.upgrades.rules) != set(about.model.model_fields):
            raise ValueError(f"the upgrade to {about.event_type} needs a rule for each of its fields")
        sources = {about.upgrades.source_of(name) for name in about.upgrades.rules} - {None}
        if not sources <= set(older.model.model_fields):
            raise ValueError(f"the upgrade to {about.event_type} reads fields that {older.event_type} lacks")
