"""Does a mapping fit its contract, and the file? Asked before anything is sent."""

import types
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Union, get_args, get_origin

import orjson

from orgpulse_platform.mapping.convert import Literals
from orgpulse_platform.mapping.errors import MappingError
from orgpulse_platform.mapping.load import LoadedMapping, suggestion
from orgpulse_platform.mapping.model import FieldRule, Mapping, Scalar
from orgpulse_platform.mapping.refusal import RefusedError
from orgpulse_platform.mapping.source import KeyPath
from orgpulse_platform.mapping.template import Template
from orgpulse_schemas.contract import About, ContractField
from orgpulse_schemas.protected import LogicalType, logical_type
from orgpulse_schemas.reasons import Reason, RejectedError
from orgpulse_schemas.registry import all_contracts, contract_for
from orgpulse_schemas.validation import validate_data

Found = tuple[KeyPath, str]
_NUMBERS = (LogicalType.INTEGER, LogicalType.DECIMAL)
_DATES = (LogicalType.DATE, LogicalType.TIMESTAMP)


def contract_of(loaded: LoadedMapping) -> About:
    """The contract that a mapping meets; raises :class:`MappingError` with everything that does not fit."""
    mapping = loaded.mapping
    about = contract_for(mapping.contract)
    if about is None:
        hint = suggestion(mapping.contract, all_contracts())
        raise loaded.lines.error([(("contract",), f"there is no contract `{mapping.contract}`{hint}")])
    problems = [*_field_problems(mapping, about)] or [*_literal_problems(mapping, about)]
    if problems:
        raise loaded.lines.error(problems)
    return about


def check_columns(loaded: LoadedMapping, headers: Sequence[tuple[str, ...]]) -> None:
    """Raise :class:`MappingError` for a column that the mapping names and the file lacks, or has twice.

    Of several sheets the first that does not fit is named, by its place among those that are read.
    """
    for number, columns in enumerate(headers, start=1):
        where = f"sheet {number} of {len(headers)} that are read" if len(headers) > 1 else "the file"
        _check_header(loaded, columns, where)


def _check_header(loaded: LoadedMapping, columns: tuple[str, ...], where: str) -> None:
    times = Counter(columns)
    problems: list[Found] = []
    for path, column in _columns(loaded.mapping):
        if times[column] == 0:
            problems.append((path, f"{where} has no column `{column}`{suggestion(column, times)}"))
        elif times[column] > 1:
            problems.append((path, f"{where} has {times[column]} columns `{column}`"))
    if not problems:
        return
    error = loaded.lines.error(problems)
    if len(columns) <= 1:
        error = MappingError(f"{error.detail}\nThe header has one column only: is `delimiter` right?")
    raise error


def _columns(mapping: Mapping) -> Iterator[tuple[KeyPath, str]]:
    """Every column that the mapping needs, with the key that needs it."""
    for name, rule in mapping.fields.items():
        yield from (((("fields", name)), column) for column in _origins(rule.column, rule.template))
    yield from ((("time",), column) for column in _origins(mapping.time.column, mapping.time.template))
    yield from ((("identity", index), column) for index, column in enumerate(mapping.identity))
    yield from ((("expect", column), column) for column in mapping.expect)


def _origins(column: str | None, template: str | None) -> tuple[str, ...]:
    if template is not None:
        return Template.parse(template).columns
    return () if column is None else (column,)


def _field_problems(mapping: Mapping, about: About) -> Iterator[Found]:
    fields = {field.name: field for field in about.fields}
    for name in mapping.fields:
        if name not in fields:
            yield ("fields", name), f"the contract has no field `{name}`{suggestion(name, fields)}"
    for field in about.fields:
        rule = mapping.fields.get(field.name)
        if rule is not None:
            yield from ((("fields", field.name, key), text) for key, text in _rule_problems(field, rule))
        elif field.required:
            yield ("fields",), f"the contract's field `{field.name}` is required and not mapped"


def _rule_problems(field: ContractField, rule: FieldRule) -> Iterator[tuple[str, str]]:
    """What a rule says that cannot be for its field, with the key that says it."""
    type_ = logical_type(field.annotation)
    for option, types_ in (("scale", _NUMBERS), ("round", _NUMBERS), ("format", _DATES)):
        if option in rule.model_fields_set and type_ not in types_:
            yield option, f"`{option}` means nothing for `{field.name}`, which is of type {type_.value}"
        elif option in rule.model_fields_set and rule.map is not None:
            yield (
                option,
                f"`{option}` and `map` of `{field.name}` exclude each other: translate to the final value",
            )
    if rule.states_empty and rule.empty is None and not _holds_null(field.annotation):
        yield "empty", f"`empty: null` cannot be: the contract's field `{field.name}` always has a value"


def _holds_null(annotation: Any) -> bool:
    if get_origin(annotation) in (Union, types.UnionType):
        return type(None) in get_args(annotation)
    return False


def _literal_problems(mapping: Mapping, about: About) -> Iterator[Found]:
    for field in about.fields:
        rule = mapping.fields.get(field.name)
        if rule is None:
            continue
        for path, scalar in _literals(rule):
            if not _fits(about, field, scalar):
                yield (
                    ("fields", field.name, *path),
                    f"`{'.'.join(path)}` of `{field.name}` holds a value that the contract does not allow",
                )


def _literals(rule: FieldRule) -> Iterator[tuple[tuple[str, ...], Scalar]]:
    """The values that stand in the mapping itself, with their place in the rule."""
    if rule.is_constant:
        yield ("constant",), rule.constant
    if rule.empty is not None:
        yield ("empty",), rule.empty
    for text, scalar in (rule.map or {}).items():
        if scalar is not None:
            yield ("map", text), scalar


def _fits(about: About, field: ContractField, scalar: Scalar) -> bool:
    """Whether the contract takes a value of a field; what it says about other fields does not count."""
    try:
        value = Literals(logical_type(field.annotation)).value(scalar)
        validate_data(about, orjson.dumps({field.name: value}))
    except RefusedError:
        return False
    except RejectedError as error:
        at_field = [found for found in error.violations if found.path == f"/data/{field.name}"]
        return not [found for found in at_field if found.reason is not Reason.MISSING_FIELD]
    return True
