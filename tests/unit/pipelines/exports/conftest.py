"""A publication with staff by region, written by hand and suppressed at five people."""

import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import duckdb
import pytest
import yaml

from orgpulse_pipelines.indicators.definition import load_definitions
from orgpulse_pipelines.indicators.disclosure import Cell, Sum, suppress
from orgpulse_pipelines.indicators.tables import DEFINITION, VALUE, replace_table
from orgpulse_pipelines.indicators.workforce import COLUMNS, COMMENT, WORKFORCE
from orgpulse_platform.settings import Settings, WarehouseSettings

YEAR = {
    "grain": "year",
    "period": "2019",
    "period_start": date(2019, 1, 1),
    "period_end": date(2019, 12, 31),
    "as_of": date(2019, 12, 31),
}
STAFF = "staff_at_year_end"
FEWEST = {"minimum_people": 5, "minimum_people_public": 10}
STATED = {
    "id": "staff_for_partner",
    "version": 3,
    "title": "Staff for a partner",
    "recipient": {"name": "Statistics Office", "kind": "partner", "place": "outside", "country": "CH"},
    "purpose": "Compare staff numbers between organisations.",
    "legal_basis": "Agreement on statistics",
    "agreement": {"reference": "MoU 7", "valid_from": date(2019, 1, 1), "valid_until": date(2030, 12, 31)},
    "audience": "public",
    "format": "csv",
    "figures": {
        "indicators": [STAFF],
        "periods": ["year"],
        "dimensions": ["organisation", "region"],
        "columns": ["indicator_id", "period", "dimension", "member", "value", "suppression"],
    },
}


def _hidden(staff, threshold, withheld=()):
    """The regions that must be hidden."""
    regions = {
        region: Cell((region,), ((people,),), 0 < people < threshold) for region, people in staff.items()
    }
    total = Cell(("all",), ((sum(staff.values()),),), small=False)
    suppress(
        regions.values(),
        [Sum(total, tuple(regions.values()), threshold, is_whole=True)],
        withheld=[regions.get(one, total) for one in withheld],
    )
    return {one.key[0] for one in (total, *regions.values()) if one.hidden}


def publish_staff(path: Path, staff: Mapping[str, int]) -> None:
    """Write a publication with so many staff in each region, small numbers suppressed at five."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    hidden = _hidden(staff, 5)
    withheld = _hidden(staff, 10, hidden)
    members = [("organisation", "all", sum(staff.values()))]
    members += [("region", region, people) for region, people in staff.items()]
    definition = next(one for one in load_definitions() if one.id == STAFF)
    identity = {"indicator_id": STAFF, "version": definition.version}
    protects = list(definition.small_number.protects)
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create schema meta; create schema indicators; create schema core; create schema marts"
        )
        connection.execute(
            "create table meta.publication as select 'p1' as publication_id;"
            "create table meta.columns as select 'indicators' as \"schema\", 'value' as \"table\", "
            "'value' as \"column\", 'The figure.' as comment"
        )
        connection.execute(
            "create table core.dim_period as select 'year' as grain, date '2019-01-01' as period_start, "
            "date '2019-12-31' as period_end, '2019' as label union all "
            "select 'month', date '2019-12-01', date '2019-12-31', '2019-12'"
        )
        connection.execute(
            "create table core.dim_organisation_unit (unit_id varchar, region varchar, "
            "regional_office_id varchar, mission_id varchar, valid_from date, valid_to date)"
        )
        described = {
            "protects": protects,
            "minimum_people": 5,
            "minimum_people_public": 10,
            "title": "Staff",
            "unit": "people",
        }
        rows = [dict.fromkeys(DEFINITION) | identity | described]
        replace_table(connection, "indicators.definition", "Definitions", DEFINITION, rows)
        types = {name: (_type(name), meaning) for name, meaning in VALUE.items()}
        rows = [
            _figure(identity, *member, shown=member[1] not in hidden)
            | {"shown_to_public": member[1] not in withheld}
            for member in members
        ]
        replace_table(connection, "indicators.value", "Figures", types, rows)
        rows = [
            {
                "period_start": YEAR["period_start"],
                "breakdown": "gender",
                "region": "all" if dimension == "organisation" else member,
                "member": "female",
                "people": None if member in hidden else people,
                "suppression": "suppressed" if member in hidden else "none",
                "shown_to_public": member not in withheld,
            }
            | FEWEST
            for dimension, member, people in members
        ]
        replace_table(connection, WORKFORCE, COMMENT, COLUMNS, rows)


def _figure(identity, dimension, member, people, *, shown):
    number = people if shown else None
    figure = {
        "dimension": dimension,
        "member": member,
        "numerator": number,
        "value": number,
        "status": "no_target",
    }
    suppressed = {"suppression": "none" if shown else "suppressed", "suppressed": not shown}
    return dict.fromkeys(VALUE) | identity | YEAR | figure | suppressed


def _type(name):
    if name in ("version",):
        return "INTEGER"
    if name in ("numerator", "denominator", "value", "target", "baseline"):
        return "DECIMAL(28,6)"
    if name in ("period_start", "period_end", "as_of"):
        return "DATE"
    return "BOOLEAN" if name in ("suppressed", "shown_to_public") else "VARCHAR"


@pytest.fixture(scope="session")
def staff_of_four_regions(tmp_path_factory):
    """A publication that tests copy: writing one takes longer."""
    path = tmp_path_factory.mktemp("publication") / "current.duckdb"
    publish_staff(path, {"africa": 7, "americas": 40, "asia": 12, "europe": 90})
    return path


@pytest.fixture
def settings(tmp_path, staff_of_four_regions):
    """Settings with a folder of exports of their own, and a publication."""
    folder = tmp_path / "definitions"
    folder.mkdir()
    warehouse = WarehouseSettings(exports=folder)
    settings = Settings(state=tmp_path / "state", warehouse=warehouse)
    settings.folder.publications.mkdir(parents=True)
    shutil.copy(staff_of_four_regions, settings.folder.published)
    return settings


@pytest.fixture
def define(settings):
    """Writes a definition into the folder, by default one for a partner."""

    def define(**stated):
        export = STATED | stated
        path = settings.warehouse.exports / f"{export['id']}.yaml"
        path.write_text(yaml.safe_dump(export))
        return export["id"]

    return define
