"""Every code that a page shows by a name: the members of dimensions, and the words figures are judged by."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, Final, Literal, get_args, get_origin

from orgpulse_pipelines.indicators.definition import (
    EVERY_CONTRACT,
    GRAINS,
    PLACES,
    Definition,
    Direction,
    Pillar,
    load_definitions,
)
from orgpulse_schemas.contract import About
from orgpulse_schemas.privacy import PersonalData, TreatmentKind
from orgpulse_schemas.reasons import Reason
from orgpulse_schemas.registry import all_contracts, all_families

UNKNOWN: Final = "unknown"
"""Member of every dimension: rows that do not say which member they belong to."""
NAMED_BY_DATA: Final = frozenset({"office", "regional_office", "service"})
"""Dimensions whose members are named by reference data, in whatever language it names them."""
NAMED_ELSEWHERE: Final = frozenset({"language", "system"})
"""Dimensions whose members CLDR or the list of source systems names."""

_FIELDS: Final = {
    "document_type": {"kind"},
    "evaluation_type": {"kind"},
    "proposal_type": {"kind"},
    "support_type": {"kind"},
    "reader_region": {"region"},
    "state_region": {"region"},
    "risk_category": {"category"},
    "risk_level": {"level"},
    "theme": {"theme", "subject"},
}
"""The fields of contracts that a dimension's members come from, where these are not named like it."""
_MADE_BY_MODELS: Final = {
    "age_band": {"under-20", "70+"},
    "earmarking": {"assessed", "unearmarked", "earmarked", "other"},
    "gcm_objective": {*map(str, range(1, 24)), "none"},
    "grade_group": {"general_service", "national_officer", "professional", "senior", "ungraded"},
    "recommendation_age": {"up_to_6_months", "6_to_12_months", "over_12_months"},
    "sdg_goal": {*map(str, range(1, 18)), "none"},
}
"""Members that no contract lists, as the SQL of models and indicators makes them."""
_OF_PAGES: Final = {
    "completeness": {"complete", "extra", "missing", "unreported"},
    "contract_type": {"staff", "affiliate"},
    "decision": {"accepted", "partially_accepted", "rejected"},
    "direction": set(get_args(Direction)),
    "family": set(all_families()),
    "freshness": {"usual", "silent", UNKNOWN},
    "grain": set(GRAINS),
    "member": {UNKNOWN},
    "organisation": {"all"},
    "outcome": {"implemented", "not_implemented"},
    "personal_data": {one.value for one in PersonalData},
    "pillar": set(get_args(Pillar)),
    "progress": {"better", "unchanged", "worse"},
    "protection": {one.value for one in TreatmentKind},
    "reason": {one.value for one in Reason},
    "request_outcome": {"approved", "not_eligible", "funds_exhausted", "quality", "withdrawn"},
    "score_status": {"scored", "not_scored", "suppressed"},
    "sector": {"humanitarian", "development", "global_agenda"},
    "status": {"on_target", "near", "off_target", "no_target", "no_data", "suppressed"},
    "trend": {"up", "down", "steady"},
}
"""Codes that pages show beside dimensions, by the name of their list."""


@cache
def codes() -> dict[str, tuple[str, ...]]:
    """The codes of every dimension and list that the catalogues name, in alphabetical order.

    The members of a dimension are the codes that the contracts behind its indicators allow for its field.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for name, listed in (*_MADE_BY_MODELS.items(), *_OF_PAGES.items()):
        found[name] |= listed
    for definition in load_definitions():
        for dimension in {*definition.dimensions, "region"} - NAMED_BY_DATA - NAMED_ELSEWHERE:
            found[dimension] |= set(_allowed(definition, dimension)) - {UNKNOWN}
    return {name: tuple(sorted(found[name])) for name in sorted(found)}


def dimensions() -> tuple[str, ...]:
    """Every dimension of the indicators and every level of the organisation, in alphabetical order."""
    named = {dimension for definition in load_definitions() for dimension in definition.dimensions}
    return tuple(sorted({*named, *PLACES, "organisation", "country", "project", "family", "pillar"}))


def _allowed(definition: Definition, dimension: str) -> Iterator[str]:
    fields = _FIELDS.get(dimension, {dimension})
    for about in _contracts(definition):
        for field in about.fields:
            if field.name in fields:
                yield from _choices(field.annotation)


def _contracts(definition: Definition) -> list[About]:
    if EVERY_CONTRACT in definition.events:
        return []
    return [about for about in all_contracts().values() if about.name in definition.events]


def _choices(annotation: Any) -> Iterator[str]:
    """The texts that a type allows, where it lists them."""
    arguments = get_args(annotation)
    if get_origin(annotation) is Literal:
        yield from (one for one in arguments if isinstance(one, str))
        return
    for argument in arguments:
        yield from _choices(argument)
