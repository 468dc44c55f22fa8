"""Countries and currencies after ISO: the package's lists, with what was paid with and less what is no money.

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
