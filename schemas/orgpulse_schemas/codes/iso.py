"""Countries, languages and currencies after ISO: the package's lists, less what is no money.

Events tell of years gone by. A currency that has been withdrawn since :data:`FIRST_YEAR` stays valid, since
amounts were agreed in it; one that was withdrawn before is an error. The package drops both without notice.
"""

from typing import Final

import pycountry

FIRST_YEAR: Final = 2016
"""First year of which the platform holds events."""
NOT_MONEY: Final = frozenset((
    "XXX", "XTS",  # no currency; for tests
    "XAG", "XAU", "XPD", "XPT",  # metals
    "XBA", "XBB", "XBC", "XBD", "XAD", "XSU", "XUA",  # units of account of markets and banks
    "BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW",  # funds codes and indexed units
))  # fmt: skip
"""Codes of ISO 4217 in which no amount is agreed."""
WITHDRAWN: Final = {
    "BYR": 2016, "MRO": 2017, "STD": 2017, "VEF": 2018, "CUC": 2021, "HRK": 2022, "SLL": 2023, "ZWL": 2024,
    "ANG": 2025, "BGN": 2025,
}  # fmt: skip
"""Currencies withdrawn from ISO 4217 since the first year, with the last year in which they were valid."""

COUNTRIES: Final = tuple(sorted(country.alpha_3 for country in pycountry.countries))
"""ISO 3166-1 alpha-3 codes in force."""
_CURRENT: Final = frozenset(currency.alpha_3 for currency in pycountry.currencies)
CURRENCIES: Final = tuple(sorted((_CURRENT | WITHDRAWN.keys()) - NOT_MONEY))
"""ISO 4217 codes of money."""


def country_names() -> dict[str, tuple[str, str]]:
    """Two-letter code and short English name of every country, by its ISO 3166-1 alpha-3 code."""
    listed = {country.alpha_3: (country.alpha_2, country.name) for country in pycountry.countries}
    return {code: listed[code] for code in COUNTRIES}


def language_name(code: str) -> tuple[str, str]:
    """ISO 639-3 code and English name of a language, by its ISO 639-1 code in upper case.

    Raises :class:`LookupError` if no language has the code.
    """
    language = pycountry.languages.get(alpha_2=code.lower())
    if language is None:
        raise LookupError(f"ISO 639-1 knows no language {code}")
    return language.alpha_3, language.name
