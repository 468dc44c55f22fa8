"""What can be proven about regular expressions."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orgpulse_schemas.compatibility.patterns import can_follow, no_text


def contained(narrow: str, wide: str) -> bool:
    return no_text(frozenset({narrow}), frozenset({wide}))


def apart(one: str, other: str) -> bool:
    return no_text(frozenset({one, other}), frozenset())


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("^P[0-9]{6}$", "^[A-Z][A-Z0-9-]{2,31}$"),
        ("^a{2,3}$", "^a+$"),
        ("^(ab|cd)?$", "^[a-d]*$"),
        ("^(?:x|y)z$", "^[xy]z$"),
        ("^x*?y$", "y"),
        (r"^\.\d$", r"^\.\w$"),
        (r"^[^@\s]+@[^@\s]+$", "@"),
        (r"^\x41$", "^A$"),
        (r"^\u0041\t$", "^A"),
        ("^[a-c]$", "^[^d-z]$"),
        ("^[-a]$", "^[a-]$"),
        ("^.$", r"^[\s\S]$"),
        ("^a|b$", "a|b"),
        ("", "^"),
    ],
)
def test_narrower_expression_is_contained_in_the_wider_one(narrow: str, wide: str) -> None:
    assert contained(narrow, wide)


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("a", "^a"),
        ("^[0-9]{4,6}$", "^[0-9]{4,5}$"),
        (r"^\d$", "^[0-9]$"),
        (r"^[\s\S]$", "^.$"),
        ("^a*$", "^a+$"),
        ("^(?=a)", "^(?=a)b"),
        (r"^(a)\1$", "^aa$"),
        (r"\ba", "a"),
    ],
)
def test_containment_that_does_not_hold_or_cannot_be_proven(narrow: str, wide: str) -> None:
    assert not contained(narrow, wide)


def test_expressions_that_exclude_each_other_are_apart() -> None:
    assert apart("^P", "^J")
    assert apart("^a+$", "^[b-z]+$")
    assert not apart("a", "b")


def test_length_counts() -> None:
    assert no_text(frozenset({"^U[0-9]{4}$"}), frozenset(), shortest=6)
    assert no_text(frozenset({"^U[0-9]{4}$"}), frozenset(), longest=4)
    assert not no_text(frozenset({"^U[0-9]{4}$"}), frozenset(), shortest=5, longest=5)


@pytest.mark.parametrize(
    "pattern",
    ["(?=a)", "(?i)a", r"\1", r"\p{L}", "a{1,5000}", "a**", "(", "a$b", "[z-a]", "[[a]]", "a{", r"\c"],
)
def test_expression_that_cannot_be_followed_proves_nothing(pattern: str) -> None:
    assert not can_follow(pattern)
    assert not contained("^zzz$", pattern)


ALPHABET = "ab0-"
PATTERNS = st.recursive(
    st.sampled_from(["a", "b", "0", "[ab]", "[^a]", ".", r"\d", r"\w", r"\-", "[a-b0]"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(inner, inner).map(lambda pair: f"(?:{pair[0]}|{pair[1]})"),
        st.tuples(inner, st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{1,}"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=6,
)
ANCHORED = st.tuples(st.sampled_from(["", "^"]), PATTERNS, st.sampled_from(["", "$"])).map("".join)
TEXTS = st.lists(st.text(ALPHABET, max_size=5), min_size=20, max_size=40)


@settings(deadline=None)
@given(ANCHORED, ANCHORED, TEXTS)
def test_no_text_contradicts_what_was_proven(one: str, other: str, texts: list[str]) -> None:
    matching = [text for text in texts if re.search(one, text)]
    if contained(one, other):
        assert all(re.search(other, text) for text in matching)
    if apart(one, other):
        assert not any(re.search(other, text) for text in matching)


@settings(deadline=None)
@given(ANCHORED)
def test_every_expression_is_contained_in_itself(pattern: str) -> None:
    assert contained(pattern, pattern)
