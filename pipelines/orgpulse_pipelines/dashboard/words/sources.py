"""What there is to translate: the messages of every domain, gathered from where they are written."""

from collections.abc import Iterable, Iterator
from typing import Final

from babel.messages.catalog import Catalog

from orgpulse_pipelines.dashboard.words.codes import codes, dimensions
from orgpulse_pipelines.dashboard.words.files import SOURCE_LANGUAGE
from orgpulse_pipelines.frameworks.load import load_frameworks
from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.targets import NO_TARGET, load_targets
from orgpulse_schemas.reasons import MEANINGS
from orgpulse_schemas.systems import SYSTEMS

INTERFACE: Final = "interface"
"""Domain of what templates and code of the dashboard say."""
INDICATORS: Final = "indicators"
"""Domain of what definitions, targets, frameworks and reasons of rejection say."""
MEMBERS: Final = "members"
"""Domain of the names of dimensions and codes, each in the context of its dimension."""
DIMENSION: Final = "dimension"
"""Context of the names of dimensions themselves."""
SYSTEM: Final = "system"
"""Context of the names of source systems."""


def indicator_messages() -> Catalog:
    """The texts of definitions, targets, frameworks and reasons, each with where it is used."""
    return _with_comments((*_of_definitions(), *_of_targets(), *_of_frameworks(), *_of_reasons()))


def code_messages() -> Catalog:
    """Dimensions and codes as they stand in data, to be named in the source language."""
    catalogue = Catalog(locale=SOURCE_LANGUAGE)
    for context, listed in {DIMENSION: dimensions(), **codes()}.items():
        for code in listed:
            catalogue.add(code, context=context)
    return catalogue


def member_messages(named: Catalog) -> Catalog:
    """The names of dimensions, codes and source systems in the source language."""
    catalogue = Catalog()
    for message in named:
        if message.id and message.string:
            catalogue.add(message.string, context=message.context)
    for system in SYSTEMS.values():
        catalogue.add(system.title, context=SYSTEM)
    return catalogue


def _with_comments(texts: Iterable[tuple[str, str]]) -> Catalog:
    used: dict[str, list[str]] = {}
    for text, use in texts:
        used.setdefault(text, []).append(use)
    catalogue = Catalog()
    for text, uses in used.items():
        # What everybody uses says what it is; what one or two use says where.
        catalogue.add(
            text, auto_comments=uses if len(uses) < 3 else sorted({use.split(" of ")[0] for use in uses})
        )
    return catalogue


def _of_definitions() -> Iterator[tuple[str, str]]:
    for definition in load_definitions():
        of = f" of {definition.id}"
        yield definition.title, f"title{of}"
        yield definition.definition, f"definition{of}"
        for side, measure in definition.measures.items():
            yield measure.meaning, f"{side}{of}"
        yield definition.unit, f"unit{of}"
        yield definition.owner, f"owner{of}"
        yield definition.standard, f"standard{of}"
        yield definition.limitations, f"limitations{of}"


def _of_targets() -> Iterator[tuple[str, str]]:
    yield NO_TARGET.source, "source of the target of an indicator without one"
    for indicator, target in load_targets().items():
        yield target.source, f"source of the target of {indicator}"


def _of_frameworks() -> Iterator[tuple[str, str]]:
    for framework in load_frameworks(load_definitions()):
        yield framework.title, f"title of the framework {framework.id}"
        yield framework.edition, f"edition of the framework {framework.id}"
        yield framework.limitations, f"limitations of the framework {framework.id}"
        for item in framework.items:
            yield item.title, f"item of the framework {framework.id}"


def _of_reasons() -> Iterator[tuple[str, str]]:
    for reason, meaning in MEANINGS.items():
        yield meaning.meaning, f"meaning of the reason {reason.value}"
        yield meaning.mended_by, "who mends a rejected event"
