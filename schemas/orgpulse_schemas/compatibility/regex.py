"""Reads a regular expression into a tree; refuses what the automata cannot follow."""

from dataclasses import dataclass
from typing import Final

from orgpulse_schemas.compatibility.charsets import Charset, Dialect, class_of

_CONTROL: Final = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}
_HEX_DIGITS: Final = {"x": 2, "u": 4}
_MAX_REPEATED: Final = 1_000


class UnsupportedPatternError(Exception):
    """An expression that cannot be followed."""


@dataclass(frozen=True, slots=True)
class Chars:
    """One character out of a set."""

    charset: Charset


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of them."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """So many times; without ``high``, any number more."""

    node: "Node"
    low: int
    high: int | None


Node = Chars | Sequence | Choice | Repeat


@dataclass(frozen=True, slots=True)
class Anchored:
    """An alternative of the whole expression, and where it is tied to the text."""

    node: Node
    from_start: bool
    to_end: bool


def parse(text: str, dialect: Dialect) -> list[Anchored]:
    """The alternatives of an expression; raises :class:`UnsupportedPatternError`."""
    reader = _Reader(text, dialect)
    alternatives = reader.anchored_alternatives()
    if reader.rest:
        raise UnsupportedPatternError
    return alternatives


class _Reader:
    """Reads from left to right; anchors are followed only around an alternative of the whole expression."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.rest = text
        self._dialect = dialect

    def anchored_alternatives(self) -> list[Anchored]:
        found = [self._anchored()]
        while self._takes("|"):
            found.append(self._anchored())
        return found

    def _anchored(self) -> Anchored:
        from_start = self._takes("^")
        node = self._sequence()
        return Anchored(node, from_start, self._takes("$"))

    def _takes(self, start: str) -> bool:
        if not self.rest.startswith(start):
            return False
        self.rest = self.rest[len(start) :]
        return True

    def _next(self) -> str:
        if not self.rest:
            raise UnsupportedPatternError
        character, self.rest = self.rest[0], self.rest[1:]
        return character

    def _choice(self) -> Node:
        nodes = [self._sequence()]
        while self._takes("|"):
            nodes.append(self._sequence())
        return Choice(tuple(nodes))

    def _sequence(self) -> Node:
        nodes: list[Node] = []
        while self.rest and self.rest[0] not in "|)$":
            nodes.append(self._repeated(self._one()))
        return Sequence(tuple(nodes))

    def _one(self) -> Node:
        character = self._next()
        match character:
            case "(":
                return self._group()
            case "[":
                return Chars(self._set())
            case ".":
                return Chars(class_of(".", self._dialect))
            case "\\":
                return Chars(self._escaped())
            case "^" | "*" | "+" | "?" | "{":
                raise UnsupportedPatternError
            case _:
                return Chars(Charset.characters(character))

    def _group(self) -> Node:
        if self._takes("?") and not self._takes(":"):
            raise UnsupportedPatternError
        node = self._choice()
        if not self._takes(")"):
            raise UnsupportedPatternError
        return node

    def _repeated(self, node: Node) -> Node:
        bounds: tuple[int, int | None]
        if self._takes("*"):
            bounds = (0, None)
        elif self._takes("+"):
            bounds = (1, None)
        elif self._takes("?"):
            bounds = (0, 1)
        elif self._takes("{"):
            bounds = self._counts()
        else:
            return node
        self._takes("?")  # a lazy one matches the same texts
        if self.rest[:1] in ("+", "*", "{"):
            raise UnsupportedPatternError
        return Repeat(node, *bounds)

    def _counts(self) -> tuple[int, int | None]:
        inside, closed, self.rest = self.rest.partition("}")
        first, comma, last = inside.partition(",")
        if not closed or not _is_count(first) or not (last == "" or _is_count(last)):
            raise UnsupportedPatternError
        low = int(first)
        high = (int(last) if last else None) if comma else low
        if max(low, high or 0) > _MAX_REPEATED or (high is not None and high < low):
            raise UnsupportedPatternError
        return low, high

    def _set(self) -> Charset:
        negated = self._takes("^")
        charset = Charset(())
        while not self._takes("]"):
            charset = charset.joined(self._member())
        return charset.complement() if negated else charset

    def _member(self) -> Charset:
        first = self._set_character()
        if not (self.rest.startswith("-") and self.rest[1:2] != "]"):
            return first
        self._takes("-")
        last = self._set_character()
        start, end = _single(first), _single(last)
        if end < start:
            raise UnsupportedPatternError
        return Charset(((start, end),))

    def _set_character(self) -> Charset:
        character = self._next()
        if character == "[" or self.rest.startswith(("&&", "--", "~~", "||")):
            raise UnsupportedPatternError  # set arithmetic in some dialects
        return self._escaped() if character == "\\" else Charset.characters(character)

    def _escaped(self) -> Charset:
        character = self._next()
        if character in "dDwWsS":
            return class_of(character, self._dialect)
        if character in _CONTROL and not (character == "0" and self.rest[:1].isdigit()):
            return Charset.characters(_CONTROL[character])
        if character in _HEX_DIGITS:
            digits, self.rest = self.rest[: _HEX_DIGITS[character]], self.rest[_HEX_DIGITS[character] :]
            if len(digits) != _HEX_DIGITS[character] or set(digits) - set("0123456789abcdefABCDEF"):
                raise UnsupportedPatternError
            return Charset.characters(chr(int(digits, 16)))
        if character.isalnum():
            raise UnsupportedPatternError
        return Charset.characters(character)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _single(charset: Charset) -> int:
    if len(charset.ranges) != 1 or charset.ranges[0][0] != charset.ranges[0][1]:
        raise UnsupportedPatternError
    return charset.ranges[0][0]
