"""The offices: one for each duty station, from headquarters down to sub-offices."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from orgpulse_platform.simulator.draw import day_between
from orgpulse_platform.simulator.facts import Chronicle
from orgpulse_platform.simulator.scenario import Country
from orgpulse_platform.simulator.world import World
from orgpulse_schemas.families.reference.organisation import OrganisationUnitRegistered

FOUNDED: Final = date(1951, 12, 5)
"""First day of headquarters."""
NEWEST_OFFICE: Final = date(1989, 12, 31)
"""Every office is older than anybody's service, so that no career begins in an office yet to open."""
RISK_REVIEW: Final = date(2018, 7, 1)
"""Day from which the review of high-risk missions holds."""
REVIEWED: Final = 12
"""Offices whose registration the review changes."""
TITLES: Final = {
    "headquarters": "Headquarters",
    "regional_office": "Regional Office",
    "country_office": "Country Office",
    "sub_office": "Sub-Office",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """An office."""

    unit_id: str
    unit_type: str
    parent_unit_id: str | None
    region: str
    country: str
    duty_station: str
    administrative: bool
    high_risk: bool
    valid_from: date
    staff: int
    """Published staff at the end of the last year."""
    language: str

    @property
    def name(self) -> str:
        """Name of the office."""
        title = "Administrative Centre" if self.administrative else TITLES[self.unit_type]
        return f"{title} {self.duty_station}"

    @property
    def profile(self) -> str:
        """Which grades it needs."""
        if self.administrative:
            return "administrative"
        return {"headquarters": "headquarters", "regional_office": "regional"}.get(self.unit_type, "field")


class Organisation:
    """Every office, and the main office of each country."""

    def __init__(self, world: World) -> None:
        scenario = world.scenario
        self._rng = world.stream("organisation")
        self._scenario = scenario
        self._regional = {country.regional_office for country in scenario.duty_stations}
        self._ids = self._number()
        places = {(c.country, station): c for c in scenario.duty_stations for station in c.staff}
        self.units = tuple(self._unit(id_, places[place], place[1]) for place, id_ in self._ids.items())
        self.by_id = {unit.unit_id: unit for unit in self.units}
        self.headquarters = self.units[0]
        self.main_office = {
            country.country: self.by_id[self._id(country, self._seat(country))]
            for country in scenario.duty_stations
        }
        """Where a country's programme is led, by country code."""

    def register(self, chronicle: Chronicle) -> None:
        """Tell the registration of every office, and the changes of the risk review."""
        for unit in self.units:
            _tell(chronicle, unit)
        for unit in self._rng.sample(
            [unit for unit in self.units if unit.unit_type == "sub_office"], REVIEWED
        ):
            _tell(chronicle, replace(unit, high_risk=not unit.high_risk, valid_from=RISK_REVIEW))

    def _number(self) -> dict[tuple[str, str], str]:
        """Unit numbers by country and duty station: headquarters, regional offices, then as in the file."""
        stations = [(c.country, station) for c in self._scenario.duty_stations for station in c.staff]
        stations.sort(
            key=lambda place: (place[1] != self._scenario.headquarters, place[1] not in self._regional)
        )
        return {place: f"U{number:04}" for number, place in enumerate(stations, start=1)}

    def _id(self, country: Country, station: str) -> str:
        return self._ids[country.country, station]

    def _seat(self, country: Country) -> str:
        """The largest duty station of a country beside headquarters."""
        stations = [station for station in country.staff if station != self._scenario.headquarters]
        return max(stations, key=lambda station: country.staff[station])

    def _unit(self, unit_id: str, country: Country, station: str) -> Unit:
        unit_type, parent = self._place(country, station)
        headquarters = unit_type == "headquarters"
        at_risk = self._rng.random() < self._scenario.high_risk
        return Unit(
            unit_id=unit_id,
            unit_type=unit_type,
            parent_unit_id=parent,
            region=country.region,
            country=country.country,
            duty_station=station,
            administrative=station in self._scenario.administrative_centres,
            high_risk=at_risk and unit_type in ("country_office", "sub_office"),
            valid_from=FOUNDED if headquarters else day_between(self._rng, date(1952, 1, 1), NEWEST_OFFICE),
            staff=country.staff[station],
            language=self._scenario.language_of.get(country.country, "EN"),
        )

    def _place(self, country: Country, station: str) -> tuple[str, str | None]:
        """Type and parent of the office at a duty station."""
        headquarters = next(iter(self._ids.values()))
        if station == self._scenario.headquarters:
            return "headquarters", None
        if station in self._regional:
            return "regional_office", headquarters
        if station in self._scenario.administrative_centres:
            return "country_office", headquarters
        if station == self._seat(country):
            return "country_office", next(
                id_ for (_, other), id_ in self._ids.items() if other == country.regional_office
            )
        return "sub_office", self._id(country, self._seat(country))


def _tell(chronicle: Chronicle, unit: Unit) -> None:
    chronicle.tell(
        OrganisationUnitRegistered,
        unit.valid_from,
        {
            "unit_id": unit.unit_id,
            "name": unit.name,
            "unit_type": unit.unit_type,
            "parent_unit_id": unit.parent_unit_id,
            "region": unit.region,
            "country": unit.country,
            "duty_station": unit.duty_station,
            "high_risk": unit.high_risk,
            "valid_from": unit.valid_from,
        },
    )
