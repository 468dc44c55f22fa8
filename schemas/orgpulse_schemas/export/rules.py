"""What contracts check beyond JSON Schema: code lists, and rules between fields, each by its name."""

from collections.abc import Callable
from inspect import getclosurevars, getdoc, isfunction
from typing import Any, Final

from pydantic import AfterValidator, BeforeValidator, PlainValidator, WrapValidator

from orgpulse_schemas.contract import About, ContractField

_CHECKS: Final = (AfterValidator, BeforeValidator, PlainValidator, WrapValidator)


def field_rules(field: ContractField) -> list[str]:
    """Names of the checks that a field's value must pass beside its schema."""
    return [_name(note.func) for note in field.notes if isinstance(note, _CHECKS)]


def model_rules(about: About) -> list[str]:
    """Names of the checks that the fields of a contract must pass together, with what they compare."""
    return sorted(_name(check) for check in _model_checks(about))


def rules_in_words(about: About) -> list[str]:
    """What must hold between the fields of a contract: the first line of each check's docstring."""
    return [(getdoc(check) or "").partition("\n")[0] for check in _model_checks(about)]


def _model_checks(about: About) -> list[Callable[..., Any]]:
    stated = about.model.__pydantic_decorators__
    validators: list[Any] = [*stated.model_validators.values(), *stated.field_validators.values()]
    return [validator.func for validator in validators]


def _name(check: Callable[..., Any]) -> str:
    """``require_order(starts_on, ends_on)``: who made the check, and out of what."""
    function = getattr(check, "__func__", check)
    made_by = getattr(function, "__qualname__", type(function).__qualname__)
    made_by = made_by.split(".<locals>")[0].rpartition(".")[2].strip("_")
    made_of = getclosurevars(function).nonlocals if isfunction(function) else {}
    stated = [text for _, value in sorted(made_of.items()) for text in _texts(value)]
    return f"{made_by}({', '.join(stated)})" if stated else made_by


def _texts(value: Any) -> list[str]:
    if isinstance(value, tuple | list):
        return [text for item in value for text in _texts(item)]
    return [str(value)] if isinstance(value, str | int) else []
