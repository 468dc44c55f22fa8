"""The words of one language: what the dashboard says, and what it calls dimensions, codes and countries."""

import re
from functools import cache
from pathlib import Path
from typing import Final

import pycountry
from jinja2 import Environment

from orgpulse_pipelines.dashboard.words.codes import NAMED_BY_DATA, UNKNOWN
from orgpulse_pipelines.dashboard.words.errors import MissingTranslationError
from orgpulse_pipelines.dashboard.words.files import FOLDER, SOURCE_LANGUAGE, catalogue_path, read_catalogue
from orgpulse_pipelines.dashboard.words.formats import Formats, Number
from orgpulse_pipelines.dashboard.words.sources import DIMENSION, MEMBERS, SYSTEM
from orgpulse_pipelines.dashboard.words.translations import translations_of
from orgpulse_schemas.systems import SYSTEMS

_AGES: Final = re.compile(r"(\d+)-(\d+)")


class Words(Formats):
    """What the dashboard says in one language.

    A language without catalogues speaks English and writes numbers, dates and script its own way. A text
    without a translation is shown in English or, if ``strict``, raises :class:`MissingTranslationError`.
    """

    def __init__(self, language: str, *, strict: bool = False, folder: Path = FOLDER) -> None:
        super().__init__(language)
        self._strict = strict
        self._english = _english_names(folder)
        self._translations = translations_of(folder, language, strict=strict)

    def text(self, message: str, /, **values: object) -> str:
        """A message with values for its ``%(name)s``; without values, a percent sign is one."""
        translated = self._translations.gettext(message)
        return translated % values if values else translated

    def plural(self, one: str, many: str, number: int, /, **values: object) -> str:
        """The form of a message that fits a number, which is the value of ``%(number)s``, written out."""
        translated = self._translations.ngettext(one, many, number)
        return translated % {"number": self.number(number), **values}

    def dimension(self, name: str) -> str:
        """What a dimension is called."""
        return self._name(DIMENSION, name)

    def member(self, dimension: str, code: str) -> str:
        """What a member of a dimension, or a code of a list, is called.

        What data names itself – offices, projects, services – is never translated, whatever it is called.
        """
        if dimension in NAMED_BY_DATA:
            return code
        if code == UNKNOWN and (dimension, code) not in self._english:
            return self._name("member", code)
        if dimension == "language":
            return self.tongue(code)
        if dimension == "country":
            return self.country(code)
        if ages := _AGES.fullmatch(code):
            return f"{ages[1]}–{ages[2]}"
        return self._name(dimension, code)

    def country(self, code: str) -> str:
        """A country by its ISO 3166-1 code of two or three letters."""
        countries = pycountry.countries
        known = countries.get(alpha_3=code) if len(code) == 3 else countries.get(alpha_2=code)
        return str(self.locale.territories.get(known.alpha_2, code)) if known else code

    def tongue(self, code: str) -> str:
        """A language by its ISO 639-1 code."""
        name = str(self.locale.languages.get(code.lower(), code))
        return name[:1].upper() + name[1:]

    def amount(self, value: Number, unit: str, decimals: int = 0) -> str:
        """A value of an indicator with its unit."""
        if unit == "%":
            return self.percent(value, decimals)
        if unit == "USD":
            return self.money(value)
        return f"{self.number(value, decimals)} {self.text(unit)}"

    def install(self, environment: Environment) -> None:
        """Let templates of an environment with ``jinja2.ext.i18n`` speak this language.

        ``_("…")`` and ``{% trans %}`` are for what templates say themselves: Jinja takes these for safe.
        Texts that come from data go through ``words.text``, so that they are escaped.
        """
        found = self._translations
        environment.install_gettext_callables(  # type: ignore[attr-defined]
            gettext=found.gettext,
            ngettext=found.ngettext,
            pgettext=found.pgettext,
            npgettext=found.npgettext,
            newstyle=True,
        )
        environment.globals["words"] = self

    def _name(self, context: str, code: str) -> str:
        english = SYSTEMS[code].title if context == SYSTEM and code in SYSTEMS else None
        english = english or self._english.get((context, code))
        if english is None:
            if self._strict:
                raise MissingTranslationError(f"{context}: {code} has no name")
            return code.replace("_", " ")
        return self._translations.pgettext(context, english)


@cache
def _english_names(folder: Path) -> dict[tuple[str | None, str], str]:
    """Names in English, by context and code."""
    catalogue = read_catalogue(catalogue_path(folder, SOURCE_LANGUAGE, MEMBERS), SOURCE_LANGUAGE)
    return {(one.context, str(one.id)): str(one.string) for one in catalogue if one.id and one.string}
