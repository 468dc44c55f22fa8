"""The example events: what a contract says is what it does."""

import orjson
import pytest

from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.contract import Contract
from orgpulse_schemas.example_files import Example, example_folders, examples_of
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.registry import all_contracts
from orgpulse_schemas.validation import validate

EXAMPLES = [example for type_ in example_folders() for example in examples_of(type_)]
PASSING = [example for example in EXAMPLES if example.violation is None]
FAILING = [example for example in EXAMPLES if example.violation is not None]
NOT_SHOWN = {Reason.TOO_LARGE, Reason.UNPROCESSABLE}
"""A megabyte makes no example, and no event is unprocessable by itself."""


def label(example: Example) -> str:
    return f"{example.event_type}/{example.name}"


def accepted(example: Example) -> Contract:
    return validate(parse(example.value))


@pytest.mark.parametrize("type_", all_contracts())
def test_every_contract_has_two_examples_that_pass_and_two_that_fail(type_: str) -> None:
    passing = [example for example in examples_of(type_) if example.violation is None]
    assert len(passing) >= 2
    assert len(examples_of(type_)) - len(passing) >= 2


def test_no_example_lacks_its_contract() -> None:
    assert set(example_folders()) <= set(all_contracts())


@pytest.mark.parametrize("example", PASSING, ids=label)
def test_passing_example_is_accepted_by_its_own_contract(example: Example) -> None:
    assert type(accepted(example)) is all_contracts()[example.event_type].model


@pytest.mark.parametrize("example", FAILING, ids=label)
def test_failing_example_is_rejected_for_the_stated_reason_at_the_stated_place(example: Example) -> None:
    with pytest.raises(RejectedError) as rejected:
        accepted(example)
    assert rejected.value.first == example.violation


def test_examples_show_every_reason_that_an_event_can_give() -> None:
    assert {example.violation.reason for example in FAILING if example.violation} == set(Reason) - NOT_SHOWN


def test_no_two_passing_examples_are_the_same_event() -> None:
    identities = [(event["source"], event["id"]) for event in map(orjson.loads, (e.value for e in PASSING))]
    assert len(identities) == len(set(identities))


def test_passing_examples_show_every_field() -> None:
    """Whoever reads the examples meets each field at least once with a value."""
    shown: dict[str, set[str]] = {}
    for example in PASSING:
        given = {name for name, value in orjson.loads(example.value)["data"].items() if value is not None}
        shown.setdefault(example.event_type, set()).update(given)
    unseen = {
        type_: missing
        for type_, about in all_contracts().items()
        if (missing := {field.name for field in about.fields} - shown[type_])
    }
    assert unseen == {}


def test_people_in_examples_have_no_real_mail_domain() -> None:
    for example in EXAMPLES:
        for word in example.value.decode().split('"'):
            assert "@" not in word or word.endswith(".example.org")
