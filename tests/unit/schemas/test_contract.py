"""How a contract states its fields, and what it refuses to state."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from orgpulse_schemas.contract import About, Contract, Family
from orgpulse_schemas.fields import AmountUsd, FullName, Nationality, PersonnelId
from orgpulse_schemas.privacy import AGE_BAND, DROP, KEEP, PersonalData, Privacy, Treatment, Unit
from orgpulse_schemas.protected import protected_fields
from orgpulse_schemas.upgrade import Constant, Keep, Rename, Rule, Translate, Upgrade

PERSON = Annotated[str, Privacy(PersonalData.IDENTIFIER, DROP)]


@pytest.fixture
def family() -> Family:
    return Family(name="tests", owner="Tests", legal_basis="none", retention_days=7)


def about(annotation: Any) -> About:
    """A contract with one field of a type."""
    model = type("ThingMade", (Contract,), {"__annotations__": {"field": annotation}, "__module__": __name__})
    family = Family(name="tests", owner="Tests", legal_basis="none", retention_days=7)
    family.contract("org.tests.thing.made.v1", system="PE-3", key="field", purpose="Test.")(model)
    return family.contracts["org.tests.thing.made.v1"]


def treatment(annotation: Any) -> Treatment:
    return about(annotation).fields[0].treatment


class TestPrivacy:
    def test_field_without_privacy_says_nothing_about_a_person(self) -> None:
        field = about(int).fields[0]
        assert (field.personal_data, field.treatment) == (PersonalData.NONE, KEEP)

    @pytest.mark.parametrize(
        "annotation",
        [
            PERSON,
            PERSON | None,
            list[PERSON],
            list[PERSON] | None,
            tuple[int, PERSON],
            dict[str, PERSON],
            list[list[PERSON | None]],
            Annotated[PERSON | None, Field(description="x")],
            Annotated[list[PERSON], Field(max_length=3)],
        ],
        ids=str,
    )
    def test_nothing_around_a_type_hides_its_privacy(self, annotation: Any) -> None:
        assert treatment(annotation) == DROP

    @pytest.mark.parametrize(
        "annotation",
        [
            PersonnelId | FullName,
            Annotated[FullName, Privacy(PersonalData.IDENTIFIER, KEEP)],
            Annotated[Nationality | None, Privacy(PersonalData.ATTRIBUTE, AGE_BAND)],
            dict[PersonnelId, Nationality],
        ],
        ids=["union", "outer and inner", "outer and inner of an optional", "key and value"],
    )
    def test_two_treatments_of_one_field_are_refused(self, annotation: Any) -> None:
        with pytest.raises(TypeError, match="field states more than one privacy treatment"):
            _ = about(annotation).fields

    def test_same_treatment_twice_is_one(self) -> None:
        assert treatment(PERSON | list[PERSON]) == DROP

    def test_model_inside_a_field_cannot_carry_a_person_past_protection(self) -> None:
        class Person(BaseModel):
            name: FullName

        with pytest.raises(TypeError, match="no table can hold"):
            protected_fields(about(Person))

    def test_alias_type_cannot_carry_a_person_past_protection(self) -> None:
        with pytest.raises(TypeError, match="no table can hold"):
            protected_fields(about(TypeAliasType("Hidden", PERSON)))


class TestFields:
    def test_docstrings_units_and_requiredness_are_read_from_the_model(self, family: Family) -> None:
        @family.contract("org.tests.thing.paid.v2", system="PE-5", key="amount", purpose="Test.")
        class ThingPaid(Contract):
            amount: AmountUsd
            """What was paid."""
            times: Annotated[int, Field(ge=1), Unit("times")] | None = None
            """How often."""

        amount, times = ThingPaid.about.fields
        assert (amount.meaning, amount.unit, amount.required) == ("What was paid.", "USD", True)
        assert (times.meaning, times.unit, times.required) == ("How often.", "times", False)

    def test_about_gives_the_names_of_everything_derived(self, family: Family) -> None:
        @family.contract("org.tests.big_thing.made.v3", system="PE-3", key="a", purpose="Test.")
        class BigThingMade(Contract):
            a: int

        stated = BigThingMade.about
        assert stated.name == "tests_big_thing_made_v3"
        assert stated.raw_topic == "raw.tests.pe-3"
        assert stated.events_topic == "events.tests"
        assert (stated.entity, stated.verb, stated.major) == ("big_thing", "made", 3)


class TestRegistration:
    @pytest.mark.parametrize(
        "type_",
        [
            "org.hr.thing.made.v1",
            "org.tests.thing.v1",
            "org.tests.thing.made.v1\n",
            "org.tests.Thing.made.v1",
            "org.tests.thing.made",
            "com.tests.thing.made.v1",
        ],
    )
    def test_type_outside_the_naming_rule_or_the_family_is_refused(self, family: Family, type_: str) -> None:
        with pytest.raises(ValueError, match="is not a type of the family tests"):
            family.contract(type_, system="PE-3", key="a", purpose="Test.")

    def test_second_contract_of_the_same_type_is_refused(self, family: Family) -> None:
        class ThingMade(Contract):
            a: int

        family.contract("org.tests.thing.made.v1", system="PE-3", key="a", purpose="Test.")(ThingMade)
        with pytest.raises(ValueError, match="has a contract already"):
            family.contract("org.tests.thing.made.v1", system="PE-3", key="a", purpose="Test.")

    def test_payload_is_immutable_as_events_are(self) -> None:
        payload = about(int).model(field=1)
        with pytest.raises(ValueError, match="frozen"):
            payload.field = 2  # type: ignore[attr-defined]


class TestStatements:
    def test_contract_takes_from_its_family_what_it_does_not_state(self, family: Family) -> None:
        stated = about(int)
        assert (stated.owner, stated.legal_basis, stated.retention_days) == ("Tests", "none", 7)
        assert (stated.data_subjects, stated.upgrades) == ("none", None)

    def test_contract_states_what_does_not_fit_it(self, family: Family) -> None:
        @family.contract(
            "org.tests.thing.made.v1",
            system="PE-3",
            key="a",
            purpose="Test.",
            data_subjects="testers",
            owner="Others",
            legal_basis="consent",
            retention_days=3,
        )
        class ThingMade(Contract):
            a: int

        stated = ThingMade.about
        assert (stated.owner, stated.legal_basis, stated.retention_days) == ("Others", "consent", 3)
        assert stated.data_subjects == "testers"

    def test_contract_cannot_be_kept_for_longer_than_its_topic_keeps_it(self, family: Family) -> None:
        with pytest.raises(ValueError, match="longer than its topic"):
            family.contract(
                "org.tests.thing.made.v1", system="PE-3", key="a", purpose="Test.", retention_days=8
            )


class TestUpgrades:
    @pytest.fixture(autouse=True)
    def first(self, family: Family) -> None:
        @family.contract("org.tests.thing.made.v1", system="PE-3", key="a", purpose="Test.")
        class ThingMade(Contract):
            a: int
            b: bool

    def second(self, family: Family, from_type: str, rules: dict[str, Rule], major: int = 2) -> About:
        @family.contract(
            f"org.tests.thing.made.v{major}",
            system="PE-3",
            key="a",
            purpose="Test.",
            upgrades=Upgrade(from_type, rules),
        )
        class ThingMadeAgain(Contract):
            a: int
            c: str

        return ThingMadeAgain.about

    def test_declared_upgrade_is_part_of_what_the_contract_states(self, family: Family) -> None:
        rules: dict[str, Rule] = {"a": Keep(), "c": Translate("b", {True: "yes", False: "no"})}
        upgrade = self.second(family, "org.tests.thing.made.v1", rules).upgrades
        assert upgrade is not None
        assert upgrade.upgrade({"a": 1, "b": False}) == {"a": 1, "c": "no"}

    @pytest.mark.parametrize("rules", [{"a": Keep()}, {"a": Keep(), "c": Constant("x"), "d": Constant(1)}])
    def test_every_field_needs_a_rule_and_no_other(self, family: Family, rules: dict[str, Rule]) -> None:
        with pytest.raises(ValueError, match="needs a rule for each of its fields"):
            self.second(family, "org.tests.thing.made.v1", rules)

    def test_rule_cannot_read_a_field_that_the_older_version_lacks(self, family: Family) -> None:
        with pytest.raises(ValueError, match=r"reads fields that org\.tests\.thing\.made\.v1 lacks"):
            self.second(family, "org.tests.thing.made.v1", {"a": Keep(), "c": Rename("z")})

    @pytest.mark.parametrize(
        ("from_type", "major"),
        [("org.tests.thing.made.v1", 3), ("org.tests.thing.sold.v1", 2), ("org.hr.appointment.made.v1", 2)],
    )
    def test_upgrade_starts_from_the_version_before(self, family: Family, from_type: str, major: int) -> None:
        with pytest.raises(ValueError, match="does not upgrade the version before it"):
            self.second(family, from_type, {"a": Keep(), "c": Constant("x")}, major)

    def test_refused_contract_is_not_registered(self, family: Family) -> None:
        with pytest.raises(ValueError, match="needs a rule"):
            self.second(family, "org.tests.thing.made.v1", {})
        assert list(family.contracts) == ["org.tests.thing.made.v1"]
