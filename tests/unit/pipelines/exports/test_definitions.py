"""Nothing leaves without a definition that says to whom, why, by which agreement, and what."""

from datetime import date

import pytest

from orgpulse_pipelines.exports.errors import ExportDefinitionError, UnknownExportError
from orgpulse_pipelines.exports.load import find, load_exports
from orgpulse_platform.settings import WarehouseSettings

from .conftest import STATED

FIGURES = STATED["figures"]


def test_a_donor_a_partner_and_the_public_have_a_definition():
    exports = load_exports(WarehouseSettings())
    assert {export.recipient.kind for export in exports} == {"donor", "partner", "public"}
    assert all(export.audience == "public" and export.recipient.place == "outside" for export in exports)


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({"audience": "internal"}, "shown what the public is"),
        ({"purpose": "statistics"}, "purpose"),
        ({"agreement": None}, "agreement"),
        (
            {
                "agreement": {
                    "reference": "MoU",
                    "valid_from": date(2020, 1, 2),
                    "valid_until": date(2020, 1, 1),
                }
            },
            "it ends before it begins",
        ),
        ({"recipient": STATED["recipient"] | {"country": None}}, "has a country"),
        ({"recipient": STATED["recipient"] | {"place": "inside"}}, "internal is inside"),
        ({"figures": None}, "neither figures nor tables"),
        ({"figures": FIGURES | {"indicators": ["happiness"]}}, "no indicator is called happiness"),
        ({"figures": FIGURES | {"dimensions": ["planet"]}}, "broken down by none"),
        ({"figures": FIGURES | {"columns": ["value"]}}, "add suppression"),
        ({"figures": FIGURES | {"columns": ["previous_value"]}}, "no column previous_value"),
        ({"id": "internal_use"}, "choose another id"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_definition_that_says_too_little_or_wants_too_much_is_refused(stated, said, settings, define):
    define(**stated)
    with pytest.raises(ExportDefinitionError, match=said):
        load_exports(settings.warehouse)


@pytest.mark.parametrize(
    ("table", "columns", "said"),
    [
        ("marts.service", ["gender"], "rows about people"),
        ("marts.orphans", ["contract"], "rows about people"),
        ("marts.duty_station_headcount", ["staff"], "numbers of people"),
        ("marts.fund_projects", ["event_id"], "no event leaves"),
        ("marts.fund_projects", ["colour"], "no column colour"),
        ("core.event_lineage", ["topic"], "no published table of things"),
    ],
)
def test_tables_about_people_do_not_leave(table, columns, said, settings, define):
    define(tables=[{"table": table, "columns": columns}])
    with pytest.raises(ExportDefinitionError, match=said):
        load_exports(settings.warehouse)


def test_a_file_that_is_no_yaml_or_holds_another_export_is_named(settings, define):
    (settings.warehouse.exports / "broken.yaml").write_text("a: [")
    with pytest.raises(ExportDefinitionError, match=r"broken\.yaml is not well-formed"):
        load_exports(settings.warehouse)
    (settings.warehouse.exports / "broken.yaml").unlink()
    define()
    (settings.warehouse.exports / "staff_for_partner.yaml").rename(settings.warehouse.exports / "other.yaml")
    with pytest.raises(ExportDefinitionError, match="holds the export staff_for_partner"):
        load_exports(settings.warehouse)


def test_an_export_that_nobody_defined_is_unknown(settings, define):
    define()
    with pytest.raises(UnknownExportError, match="everything"):
        find(load_exports(settings.warehouse), "everything")


def test_a_folder_that_is_none_is_named(tmp_path):
    with pytest.raises(ExportDefinitionError, match="is no folder"):
        load_exports(WarehouseSettings(exports=tmp_path / "nowhere"))
