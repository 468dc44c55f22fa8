"""The code lists that contracts share."""

from typing import Final

from orgpulse_schemas.codes import iso
from orgpulse_schemas.codes.code_list import CodeList
from orgpulse_schemas.codes.sdg import SDG_TARGETS

COUNTRIES: Final = CodeList(
    "Countries",
    "ISO 3166-1 alpha-3, from the package pycountry.",
    iso.COUNTRIES,
)
CURRENCIES: Final = CodeList(
    "Currencies",
    f"ISO 4217, from the package pycountry: money only, with what was withdrawn since {iso.FIRST_YEAR}.",
    iso.CURRENCIES,
)
TARGETS: Final = CodeList(
    "Targets of the Sustainable Development Goals",
    "Resolution A/RES/70/1 of the General Assembly of the United Nations.",
    SDG_TARGETS,
)
OBJECTIVES: Final = CodeList(
    "Objectives of the Global Compact for Migration",
    "Global Compact for Safe, Orderly and Regular Migration (A/RES/73/195), by number.",
    tuple(str(number) for number in range(1, 24)),
)
LANGUAGES: Final = CodeList(
    "Languages", "ISO 639-1 codes, upper case, of the official languages of the United Nations."
)
REGIONS: Final = CodeList("Regions", "Continental regions after the UN M49 standard.")
REVENUE_TYPES: Final = CodeList(
    "Revenue types",
    "UN Data Cube: R01 assessed, R02 voluntary un-earmarked, R03 voluntary earmarked, R04 other revenue.",
)
GRADES: Final = CodeList(
    "Grades",
    "United Nations common system: G general service, NO national officer, P professional, D director; "
    "UG is ungraded.",
)
