"""Why figures moved between two publications, as far as the publications themselves tell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import duckdb

from orgpulse_pipelines.indicators.fingerprint import AIMED, COMPUTED, HIDDEN
from orgpulse_pipelines.publication.changed_events import ContractEvents, changed_events, events_by_contract
from orgpulse_pipelines.publication.comparison import NEWER, OLDER, MovedFigure
from orgpulse_pipelines.publication.upstream import Upstream, read_upstream

_STATED: Final = (*COMPUTED, *HIDDEN, *AIMED)
Stated = dict[tuple[str, int], dict[str, Any]]
"""What each version of each indicator says of itself, by column."""

_KINDS: Final[tuple[tuple[str, str, Callable[[ContractEvents], int]], ...]] = (
    ("new_events", "new", lambda one: one.new - one.replayed),
    ("replayed_events", "replayed, rejected before", lambda one: one.replayed),
    ("removed_events", "no longer there", lambda one: one.gone),
)


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason why a figure moved."""

    kind: str
    """definition, suppression, query, new_events, replayed_events, removed_events, changed_events, target,
    calendar or other."""
    text: str
    contracts: dict[str, int] = field(default_factory=dict[str, int])
    """Number of events by contract, where it is about events."""


@dataclass(frozen=True, slots=True)
class Differences:
    """What differs between two publications beside the figures."""

    old_definitions: Stated
    new_definitions: Stated
    events: dict[str, ContractEvents]
    """By contract, where any are new or gone."""
    changed: dict[tuple[str, str], int]
    """Events that both know and that count otherwise now, by indicator and period."""
    upstream: Upstream


def differences(connection: duckdb.DuckDBPyConnection, figures: Iterable[MovedFigure]) -> Differences:
    """Everything that can explain these figures."""
    moved = tuple(figures)
    old, new = _definitions(connection, OLDER), _definitions(connection, NEWER)
    same = {key for key in old.keys() & new.keys() if not _changed(old[key], new[key], COMPUTED)}
    return Differences(
        old_definitions=old,
        new_definitions=new,
        events=events_by_contract(connection),
        changed=changed_events(connection, moved, same),
        upstream=read_upstream(connection, old | new, {one.indicator_id for one in moved}),
    )


def causes(figure: MovedFigure, found: Differences) -> list[Cause]:
    """Why a figure moved, what was decided before what happened; never empty."""
    if figure.old_as_of is None or figure.new_as_of is None:
        return [*_definition(figure, found)] or [*_calendar(figure)]
    value_moved = figure.old_value != figure.new_value or figure.old_suppressed or figure.new_suppressed
    reasons = [*_definition(figure, found), *_suppression(figure, found)]
    if value_moved:
        reasons += [*_queries(figure, found), *_events(figure, found), *_calendar(figure)]
    reasons += _target(figure, found)
    return reasons or [Cause("other", "computed from other tables; nothing on record explains it")]


def changed_definitions(found: Differences) -> dict[tuple[str, int], str]:
    """What became of every definition that is not the same, by indicator and version."""
    keys = sorted(found.old_definitions.keys() | found.new_definitions.keys())
    words = {key: _definition_change(found, key) for key in keys}
    return {key: text for key, text in words.items() if text}


def _definition_change(found: Differences, key: tuple[str, int]) -> str:
    old, new = found.old_definitions.get(key), found.new_definitions.get(key)
    if old is None or new is None:
        return "new" if old is None else "removed"
    changed = _changed(old, new, _STATED)
    return f"changed: {', '.join(changed)}" if changed else ""


def _definition(figure: MovedFigure, found: Differences) -> Iterator[Cause]:
    old, new = figure.old_version, figure.new_version
    if old is not None and new is not None and old != new:
        yield Cause("definition", f"version {new} of the definition instead of {old}")
        return
    key = (figure.indicator_id, new or old or 0)
    if key not in found.old_definitions:
        yield Cause("definition", f"version {new} of the definition is new")
    elif key not in found.new_definitions:
        yield Cause("definition", f"version {old} of the definition was removed")
    elif changed := _changed(found.old_definitions[key], found.new_definitions[key], COMPUTED):
        yield Cause("definition", f"the definition changed and kept its version {new}: {', '.join(changed)}")


def _suppression(figure: MovedFigure, found: Differences) -> Iterator[Cause]:
    if figure.old_suppressed == figure.new_suppressed:
        return
    key = (figure.indicator_id, figure.new_version or figure.old_version or 0)
    old, new = found.old_definitions.get(key), found.new_definitions.get(key)
    rule = " by another rule" if old and new and _changed(old, new, HIDDEN) else ""
    yield Cause("suppression", f"suppressed now{rule}" if figure.new_suppressed else f"shown now{rule}")


def _queries(figure: MovedFigure, found: Differences) -> Iterator[Cause]:
    changed = sorted(found.upstream.tables[figure.indicator_id] & found.upstream.changed)
    if changed:
        yield Cause("query", f"changed query of {_some(changed)}")


def _events(figure: MovedFigure, found: Differences) -> Iterator[Cause]:
    """Counts of events; none where a figure is hidden, as they could tell what is."""
    if figure.old_suppressed or figure.new_suppressed:
        return
    behind = found.upstream.contracts(figure.indicator_id)
    for kind, word, number in _KINDS:
        counts = {contract: number(one) for contract, one in found.events.items() if contract in behind}
        counts = {contract: events for contract, events in counts.items() if events}
        if counts:
            yield _counted(kind, word, counts, _minimum(figure, found))
    changed = found.changed.get((figure.indicator_id, figure.period), 0)
    if changed:
        known = _number(changed, "known event")
        yield Cause("changed_events", f"{known} counted otherwise: corrected, ended or replaced by others")


def _counted(kind: str, word: str, counts: dict[str, int], minimum: int) -> Cause:
    """How many events, by contract; of few people it is not said how many."""
    if sum(counts.values()) < minimum:
        return Cause(kind, f"fewer than {minimum} events {word}: {_some(sorted(counts))}")
    most = sorted(counts, key=lambda contract: (-counts[contract], contract))
    listed = most if len(most) == 1 else [f"{counts[contract]:,} of {contract}" for contract in most]
    return Cause(kind, f"{_number(sum(counts.values()), 'event')} {word}: {_some(listed)}", counts)


def _minimum(figure: MovedFigure, found: Differences) -> int:
    """Fewest events of which the number is said beside this figure."""
    key = (figure.indicator_id, figure.new_version or figure.old_version or 0)
    stated = found.new_definitions.get(key) or found.old_definitions.get(key)
    return (stated["minimum_people"] or 0) if stated else 0


def _target(figure: MovedFigure, found: Differences) -> Iterator[Cause]:
    key = (figure.indicator_id, figure.new_version or 0)
    old, new = found.old_definitions.get(key), found.new_definitions.get(key)
    moved = figure.old_target != figure.new_target or (old and new and old["tolerance"] != new["tolerance"])
    if moved and figure.old_status is not None and figure.old_status != figure.new_status:
        yield Cause("target", "another target or tolerance")


def _calendar(figure: MovedFigure) -> Iterator[Cause]:
    old, new = figure.old_as_of, figure.new_as_of
    if old is None or new is None:
        yield Cause("calendar", "the period is new" if old is None else "the period is no longer there")
    elif old != new:
        yield Cause("calendar", f"the period is covered up to {new} instead of {old}")


def _changed(old: Mapping[str, Any], new: Mapping[str, Any], columns: Iterable[str]) -> list[str]:
    return [column for column in columns if old[column] != new[column]]


def _definitions(connection: duckdb.DuckDBPyConnection, catalog: str) -> Stated:
    rows = connection.execute(
        f"select indicator_id, version, {', '.join(_STATED)} from {catalog}.indicators.definition"  # noqa: S608
    ).fetchall()
    return {(id_, version): dict(zip(_STATED, stated, strict=True)) for id_, version, *stated in rows}


def _some(words: list[str]) -> str:
    """The first three, and how many more there are."""
    more = f" and {len(words) - 3} more" if len(words) > 3 else ""
    return ", ".join(words[:3]) + more


def _number(events: int, noun: str) -> str:
    return f"{events:,} {noun}" + ("" if events == 1 else "s")
