"""Regular expressions as automata: is there a text that matches these and not those?

Contracts' expressions can be followed (no look-around, back-references or word boundaries). What dialects
differ in, such as digits of other scripts, is tried both ways: proven means proven in both.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from orgpulse_schemas.compatibility.charsets import EVERYTHING, Charset, Dialect
from orgpulse_schemas.compatibility.regex import (
    Anchored,
    Chars,
    Choice,
    Node,
    Repeat,
    Sequence,
    UnsupportedPatternError,
    parse,
)

_MAX_STATES: Final = 4_000
_MAX_VISITED: Final = 10_000
_MAX_COUNTED: Final = 300
"""Length bounds beyond it are not counted."""

States = frozenset[int]


@dataclass(eq=False)
class _Machine:
    """A non-deterministic automaton that starts in state 0 and accepts in state 1."""

    free: list[list[int]] = field(default_factory=lambda: [[], []])
    moves: list[list[tuple[Charset, int]]] = field(default_factory=lambda: [[], []])

    def state(self) -> int:
        if len(self.free) >= _MAX_STATES:
            raise UnsupportedPatternError
        self.free.append([])
        self.moves.append([])
        return len(self.free) - 1

    def lead(self, node: Node, start: int) -> int:
        """The state in which the node has been matched, from the start state on."""
        match node:
            case Chars(charset):
                end = self.state()
                self.moves[start].append((charset, end))
            case Sequence(nodes):
                end = start
                for part in nodes:
                    end = self.lead(part, end)
            case Choice(nodes):
                end = self.state()
                for part in nodes:
                    self.free[self.lead(part, self._after(start))].append(end)
            case Repeat(part, low, high):
                end = self._repeat(part, low, high, start)
        return end

    def _after(self, start: int) -> int:
        state = self.state()
        self.free[start].append(state)
        return state

    def _repeat(self, node: Node, low: int, high: int | None, start: int) -> int:
        for _ in range(low):
            start = self.lead(node, start)
        if high is None:
            loop = self._after(start)
            self.free[self.lead(node, loop)].append(loop)
            return self._after(loop)
        end = self.state()
        for _ in range(high - low):
            self.free[start].append(end)
            start = self.lead(node, self._after(start))
        self.free[start].append(end)
        return end

    def add(self, alternative: Anchored) -> None:
        """A search: what is not tied to an end of the text may stand anywhere."""
        anything = Repeat(Chars(EVERYTHING), 0, None)
        start = self._after(0)
        start = start if alternative.from_start else self.lead(anything, start)
        end = self.lead(alternative.node, start)
        self.free[end if alternative.to_end else self.lead(anything, end)].append(1)

    def closure(self, states: Iterable[int]) -> States:
        found = set(states)
        waiting = list(found)
        while waiting:
            for following in self.free[waiting.pop()]:
                if following not in found:
                    found.add(following)
                    waiting.append(following)
        return frozenset(found)

    def step(self, states: States, point: int) -> States:
        return self.closure(
            end for state in states for charset, end in self.moves[state] if charset.has(point)
        )


@cache
def _machine(text: str, dialect: Dialect) -> _Machine | None:
    machine = _Machine()
    try:
        for alternative in parse(text, dialect):
            machine.add(alternative)
    except (UnsupportedPatternError, RecursionError):
        return None
    return machine


def can_follow(pattern: str) -> bool:
    """Whether anything can be proven about an expression."""
    return all(_machine(pattern, dialect) for dialect in Dialect)


@cache
def no_text(
    matching: frozenset[str], failing: frozenset[str], shortest: int = 0, longest: int | None = None
) -> bool:
    """Whether it is proven that no text matches all of the first, none of the second, and has the length."""
    # Leaving out an expression or bound that cannot be followed allows more texts: nothing false is proven.
    shortest = shortest if shortest <= _MAX_COUNTED else 0
    longest = longest if longest is not None and longest <= _MAX_COUNTED else None
    return all(_finds_nothing(dialect, matching, failing, shortest, longest) for dialect in Dialect)


def _finds_nothing(
    dialect: Dialect, matching: frozenset[str], failing: frozenset[str], shortest: int, longest: int | None
) -> bool:
    wanted = [machine for text in matching if (machine := _machine(text, dialect))]
    unwanted = [machine for text in failing if (machine := _machine(text, dialect))]
    machines = wanted + unwanted
    points = _representatives(machines)
    start = (0, tuple(machine.closure([0]) for machine in machines))
    seen, waiting = {start}, deque([start])
    while waiting:
        length, states = waiting.popleft()
        ends = [1 in state for state in states]
        if length >= shortest and all(ends[: len(wanted)]) and not any(ends[len(wanted) :]):
            return False
        if length == longest:
            continue
        counted = length + 1 if longest is not None else min(length + 1, shortest)
        for point in points:
            following = tuple(
                machine.step(state, point) for machine, state in zip(machines, states, strict=True)
            )
            reached = (counted, following)
            if all(following[: len(wanted)]) and reached not in seen:
                if len(seen) >= _MAX_VISITED:
                    return False
                seen.add(reached)
                waiting.append(reached)
    return True


def _representatives(machines: list[_Machine]) -> list[int]:
    """One character of each group that no machine tells apart."""
    charsets = {charset for machine in machines for moves in machine.moves for charset, _ in moves}
    edges = {0} | {
        edge for charset in charsets for first, last in charset.ranges for edge in (first, last + 1)
    }
    groups = {
        tuple(charset.has(point) for charset in charsets): point
        for point in edges
        if point <= EVERYTHING.ranges[0][1]
    }
    return sorted(groups.values())
