"""E-mail addresses, addresses on the web, IP addresses."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Final

import pycountry

from orgpulse_streams.scrub.spans import Kind, Span
from orgpulse_streams.scrub.words import words

_DOT: Final = r"(?:\.| ?[\[({] ?(?:dot|punto|point) ?[\])}] ?)"
_EMAIL: Final = re.compile(
    r"(?<![\w.+%-])[\w.!#$%&'*+/=?^`{|}~-]{1,64}@(?:[\w-]{1,63}\.){1,8}\w[\w-]{0,61}\w"
    r"|(?<![\w.+%-])[\w.+%-]{1,64} ?[\[({] ?(?:at|arroba|chez) ?[\])}] ?"
    rf"(?:[\w-]{{1,63}}{_DOT}){{1,4}}\w{{2,24}}",
    re.I,
)
_URL: Final = re.compile(
    r"\b(?:https?|ftps?)://[^\s<>\"'()\[\]{}«»]{1,2000}|\bwww\.[^\s<>\"'()\[\]{}«»]{3,2000}", re.I
)
_DOMAIN: Final = re.compile(
    r"(?<![\w@.-])(?:[^\W_][\w-]{0,62}\.){1,5}([a-z]{2,8}|xn--[a-z0-9-]{2,40})(?:/[^\s<>\"'()]{0,500})?(?![\w@-])",
    re.I,
)
_GENERIC: Final = words("domains")
_COUNTRIES: Final = frozenset(country.alpha_2.lower() for country in pycountry.countries) | {"uk", "eu"}
_WORDS: Final = words("domains_words")
"""Country codes that are words: after a point without a blank they more often begin a sentence."""
_IP4: Final = re.compile(
    r"(?<![\w.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w]|\.\d)"
)
_IP6: Final = re.compile(
    r"(?<![\w:])[0-9a-f:]{2,39}(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?(?![\w:]|\.\d)", re.I
)
_TRAILING: Final = ".,;:!?…'*"


def find_contacts(text: str) -> Iterator[Span]:
    """Every address by which somebody, or a machine of somebody, is reached."""
    for match in _EMAIL.finditer(text):
        yield Span(match.start(), match.end(), Kind.EMAIL)
    for match in _URL.finditer(text):
        yield Span(match.start(), match.start() + len(match[0].rstrip(_TRAILING)), Kind.URL)
    for match in _IP6.finditer(text):
        if match[0].count(":") > 1 and len(match[0]) > 3 and _is_ip6(match[0]):
            yield Span(match.start(), match.end(), Kind.IP)
    for match in _IP4.finditer(text):
        yield Span(match.start(), match.end(), Kind.IP)
    for match in _DOMAIN.finditer(text):
        if _is_domain(match[0], match[1]):
            yield Span(match.start(), match.start() + len(match[0].rstrip(_TRAILING)), Kind.URL)


def _is_ip6(text: str) -> bool:
    try:
        return bool(ipaddress.IPv6Address(text))
    except ValueError:
        return False


def _is_domain(whole: str, top: str) -> bool:
    ending = top.lower()
    if ending in _GENERIC or ending.startswith("xn--"):
        return True
    sentence = top in _WORDS or not top.islower()
    return (
        ending in _COUNTRIES
        and ("/" in whole or whole.count(".") > 1 or not sentence)
        and not whole.isupper()
    )
