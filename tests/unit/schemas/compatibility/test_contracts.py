"""Contracts and their released versions: frozen, and never broken inside a major version."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, Field, StringConstraints

from orgpulse_schemas.codes.code_list import CodeList
from orgpulse_schemas.compatibility.change import WAYS_OUT, Rule
from orgpulse_schemas.compatibility.contracts import ContractChange, contract_changes, next_type
from orgpulse_schemas.compatibility.releases import Releases
from orgpulse_schemas.contract import About, Contract, Family
from orgpulse_schemas.fields import Date, FreeText, PersonnelId, PublicName
from orgpulse_schemas.privacy import KEEP, NOT_NEEDED, PersonalData, Privacy, Unit, pseudonymise
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.rules import require_order

TYPE = "org.rooms.room.opened.v1"


def contract(
    model: type[Contract], key: str = "room", system: str = "PE-3", retention_days: int = 30
) -> About:
    """The model as the contract of one type; each in a family of its own, as if at another time."""
    family = Family(name="rooms", owner="Nobody", legal_basis="None", retention_days=retention_days)
    family.contract(TYPE, system=system, key=key, purpose="Show.")(model)
    return family.contracts[TYPE]


class Room(Contract):
    """A room was opened."""

    room: PublicName
    """Name."""
    keeper: PersonnelId
    """Keeper."""
    use: Literal["office", "store"]
    """What for."""
    seats: Annotated[int, Field(ge=0)] = 0
    """Seats."""


class RoomWithRequiredFloor(Room):
    """A room was opened."""

    floor: int
    """Floor."""


class RoomWithOptionalFloor(Room):
    """A room was opened, and this sentence has changed."""

    floor: int | None = None
    """Floor."""


class RoomForOfficesOnly(Room):
    """A room was opened."""

    use: Literal["office"]
    """What for."""


class RoomWithMoreUses(Room):
    """A room was opened."""

    use: Literal["office", "store", "hall"]
    """What for."""


class RoomWithFewSeats(Room):
    """A room was opened."""

    seats: Annotated[int, Field(ge=0, le=20)] = 0
    """Seats."""


def _known(name: str) -> str:
    return name


class RoomOfCodeList(Room):
    """A room was opened."""

    room: Annotated[PublicName, AfterValidator(_known)]
    """Name."""


class RoomOfShrunkenList(Room):
    """A room was opened."""

    country: Annotated[str, CodeList("Countries", "Tests", ("KEN",))] | None = None
    """Country."""


class RoomOfList(Room):
    """A room was opened."""

    country: Annotated[str, CodeList("Countries", "Tests", ("KEN", "PER"))] | None = None
    """Country."""


class RoomOfGrownList(Room):
    """A room was opened."""

    country: Annotated[str, CodeList("Countries", "Tests", ("KEN", "PER", "SSD"))] | None = None
    """Country."""


class RoomWithPairsOfSeats(Room):
    """A room was opened."""

    seats: Annotated[int, Field(ge=0), Unit("pairs of seats")] = 0
    """Seats."""


class RoomWithKeeperAsIs(Room):
    """A room was opened."""

    keeper: Annotated[str, StringConstraints(pattern=r"^P[0-9]{6}$"), Privacy(PersonalData.IDENTIFIER, KEEP)]
    """Keeper."""


class RoomWithKeeperOfOtherDomain(Room):
    """A room was opened."""

    keeper: Annotated[
        str, StringConstraints(pattern=r"^P[0-9]{6}$"), Privacy(PersonalData.IDENTIFIER, pseudonymise("case"))
    ]
    """Keeper."""


class RoomWithKeeperDropped(Room):
    """A room was opened."""

    keeper: Annotated[PersonnelId, NOT_NEEDED]
    """Keeper."""


class RoomWithKeeperOfNoClass(Room):
    """A room was opened."""

    keeper: Annotated[
        str,
        StringConstraints(pattern=r"^P[0-9]{6}$"),
        Privacy(PersonalData.NONE, pseudonymise("person")),
    ]
    """Keeper."""


class RoomWithUseAsAttribute(Room):
    """A room was opened."""

    use: Annotated[Literal["office", "store"], Privacy(PersonalData.ATTRIBUTE, KEEP)]
    """What for."""


class RoomWithNotes(Room):
    """A room was opened."""

    notes: FreeText | None = None
    """Notes."""


class RoomWithoutSeats(Contract):
    """A room was opened."""

    room: PublicName
    """Name."""
    keeper: PersonnelId
    """Keeper."""
    use: Literal["office", "store"]
    """What for."""


class RoomWithDays(Room):
    """A room was opened."""

    opened_on: Date | None = None
    """First day."""
    closed_on: Date | None = None
    """Last day."""


class RoomWithDaysInOrder(RoomWithDays):
    """A room was opened."""

    _days = require_order("opened_on", "closed_on")


@pytest.fixture
def releases(tmp_path: Path) -> Releases:
    found = Releases(tmp_path)
    found.freeze(contract(Room))
    return found


Changes = Callable[..., list[tuple[str, str]]]


@pytest.fixture
def changes(releases: Releases) -> Changes:
    def found(about: About) -> list[tuple[str, str]]:
        return [place(change) for change in contract_changes({TYPE: about}, releases)]

    return found


def place(found: ContractChange) -> tuple[str, str]:
    return found.change.path, found.change.rule.value


def test_released_contract_that_did_not_change_breaks_nothing(changes: Changes) -> None:
    assert changes(contract(Room)) == []


@pytest.mark.parametrize(
    "model",
    [
        RoomWithOptionalFloor,
        RoomWithMoreUses,
        RoomWithDays,
        RoomWithDaysInOrder,
        RoomWithUseAsAttribute,
        RoomWithKeeperDropped,
    ],
)
def test_change_that_keeps_old_events_valid_is_accepted(changes: Changes, model: type[Contract]) -> None:
    assert changes(contract(model)) == []


@pytest.mark.parametrize(
    ("model", "path", "rule"),
    [
        (RoomWithRequiredFloor, "/data/floor", "required_added"),
        (RoomForOfficesOnly, "/data/use", "value_removed"),
        (RoomWithFewSeats, "/data/seats", "bound_tightened"),
        (RoomOfCodeList, "/data/room", "check_added"),
        (RoomWithPairsOfSeats, "/data/seats", "unit_changed"),
        (RoomWithKeeperAsIs, "/data/keeper", "protection_weakened"),
        (RoomWithKeeperOfNoClass, "/data/keeper", "protection_weakened"),
        (RoomWithKeeperOfOtherDomain, "/data/keeper", "treatment_changed"),
        (RoomWithoutSeats, "/data/seats", "field_removed"),
    ],
)
def test_change_that_refuses_old_events_names_field_and_rule(
    changes: Changes, model: type[Contract], path: str, rule: str
) -> None:
    assert (path, rule) in changes(contract(model))


def test_field_that_was_dropped_may_not_pass_again(releases: Releases) -> None:
    for state in (Room, RoomWithKeeperDropped):
        releases.freeze(contract(state))
    found = contract_changes({TYPE: contract(Room)}, releases)
    assert ("/data/keeper", "protection_weakened") in map(place, found)


def test_code_list_may_grow_and_not_shrink(releases: Releases) -> None:
    """A newer edition of a package changes a list without any change here."""
    releases.freeze(contract(RoomOfList))
    assert contract_changes({TYPE: contract(RoomOfGrownList)}, releases) == []
    found = contract_changes({TYPE: contract(RoomOfShrunkenList)}, releases)
    assert [(change.shape, place(change)) for change in found] == [
        ("event", ("/data/country", "value_removed")),
        ("protected", ("/country", "value_removed")),
    ]
    assert '"PER"' in found[0].change.message


def test_personal_data_may_be_kept_for_less_time_and_not_for_more(changes: Changes) -> None:
    assert changes(contract(Room, retention_days=29)) == []
    assert changes(contract(Room, retention_days=31)) == [("", "retention_lengthened")]


def test_field_that_never_left_may_go(releases: Releases) -> None:
    releases.freeze(contract(RoomWithNotes))
    assert contract_changes({TYPE: contract(Room)}, releases) == []


def test_every_rule_has_a_way_out() -> None:
    assert WAYS_OUT.keys() == set(Rule)


def test_order_of_released_days_may_not_be_checked_later(releases: Releases) -> None:
    releases.freeze(contract(RoomWithDays))
    (found,) = contract_changes({TYPE: contract(RoomWithDaysInOrder)}, releases)
    assert (place(found), found.release) == (("/data", "check_added"), 2)


def test_comparison_is_transitive(releases: Releases) -> None:
    """A value that the first release accepts and the newest does not know any more still counts."""
    releases.freeze(contract(RoomWithMoreUses))
    found = contract_changes({TYPE: contract(Room)}, releases)
    assert {(place(change), change.release) for change in found} == {
        (("/data/use", "value_removed"), 2),
        (("/use", "value_removed"), 2),
    }


def test_change_is_named_once_for_the_first_release_that_it_breaks(releases: Releases) -> None:
    releases.freeze(contract(RoomWithOptionalFloor))
    found = contract_changes({TYPE: contract(RoomForOfficesOnly)}, releases)
    assert {change.release for change in found if change.change.rule is Rule.VALUE_REMOVED} == {1}
    assert {change.release for change in found if change.change.rule is Rule.FIELD_REMOVED} == {2}


def test_other_source_system_would_reject_every_old_event(changes: Changes) -> None:
    assert ("/source", "value_removed") in changes(contract(Room, system="PE-5"))


def test_other_key_breaks_the_order_of_events(changes: Changes) -> None:
    assert ("/data/keeper", "key_changed") in changes(contract(Room, key="keeper"))


def test_removed_contract_breaks_its_promise(releases: Releases) -> None:
    (found,) = contract_changes({}, releases)
    assert place(found) == ("", "contract_removed")


def test_way_out_names_the_next_major_version(releases: Releases) -> None:
    (found,) = [
        change
        for change in contract_changes({TYPE: contract(RoomWithRequiredFloor)}, releases)
        if change.shape == "event"
    ]
    assert found.change.way_out == f"Make it optional, or publish the change as {next_type(TYPE)}."
    assert next_type("org.hr.position.created.v9") == "org.hr.position.created.v10"


def test_wording_alone_makes_no_new_release(releases: Releases) -> None:
    class Reworded(Room):
        """A room was opened, in other words."""

    assert releases.is_released(contract(Reworded))
    assert releases.freeze(contract(Reworded)) is None


def test_released_states_are_numbered(releases: Releases) -> None:
    second = releases.freeze(contract(RoomWithOptionalFloor))
    assert second is not None
    assert [release.number for release in releases.of(TYPE)] == [1, 2]
    assert releases.is_released(contract(RoomWithOptionalFloor))
    assert not releases.is_released(contract(Room))


def test_edited_lost_and_smuggled_files_are_noticed(releases: Releases, tmp_path: Path) -> None:
    assert releases.changed_files() == ()
    path = tmp_path / TYPE / "1.json"
    document: dict[str, Any] = json.loads(path.read_text())
    path.write_text(json.dumps({**document, "key": "other"}))
    (tmp_path / TYPE / "2.json").write_text("{}")
    assert releases.changed_files() == (f"{TYPE}/1.json", f"{TYPE}/2.json")
    assert [release.number for release in releases.of(TYPE)] == [1]
    path.unlink()
    assert f"{TYPE}/1.json" in releases.changed_files()


# --- what ships -------------------------------------------------------------------------------------------


def test_released_files_are_as_they_were_released() -> None:
    assert Releases().changed_files() == ()


def test_contracts_keep_what_was_released() -> None:
    assert contract_changes(all_contracts(), Releases()) == []


def test_every_contract_is_released_as_it_stands() -> None:
    """What is not released yet could still be broken without anybody noticing."""
    releases = Releases()
    assert [name for name, about in all_contracts().items() if not releases.is_released(about)] == []
