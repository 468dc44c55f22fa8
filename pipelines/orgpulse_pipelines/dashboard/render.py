"""Fills the templates: everything that is data is escaped, in HTML and in the blocks of data in it."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orgpulse_pipelines.dashboard.words.catalogue import Words

_HERE: Final = Path(__file__).parent
STATIC: Final = _HERE / "static"
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
"""Content security policy of every page: scripts and styles only from files of the site, nothing inline."""


def render(template: str, words: Words, **values: Any) -> str:
    """A page in the language of the words."""
    return _environment(words.language).get_template(template).render(policy=POLICY, **values)


@cache
def _environment(language: str) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    words_of(language).install(environment)
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    return environment


@cache
def words_of(language: str) -> Words:
    """The words of a language, read once."""
    return Words(language)
