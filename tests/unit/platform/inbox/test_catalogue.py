"""Which mapping applies to a file."""

from pathlib import Path

import pytest

from orgpulse_platform.inbox.account import FileProblem, FileReason
from orgpulse_platform.inbox.catalogue import Catalogue
from orgpulse_platform.mapping.errors import MappingError
from orgpulse_platform.mapping.load import LoadedMapping


def chosen(mappings: Path | None, place: str) -> str:
    """Name of the mapping, or reason code."""
    match Catalogue.load(mappings).choose(Path(place)):
        case LoadedMapping() as loaded:
            return loaded.mapping.name
        case FileProblem() as problem:
            return problem.reason.value


@pytest.mark.parametrize("name", ["visitors_2019.csv", "Visitors_2019.CSV"])
def test_mapping_that_declares_the_name_applies(mappings: Path, name: str) -> None:
    assert chosen(mappings, name) == "visitors"


def test_accents_count_the_same_however_they_are_written(mappings: Path) -> None:
    text = (mappings / "visitors.yaml").read_text()
    (mappings / "visitors.yaml").write_text(text.replace("visitors_*", "visité_*"), encoding="utf-8")
    assert chosen(mappings, "visite\u0301_2019.csv") == "visitors"


def test_sub_folder_names_the_mapping_whatever_the_file_is_called(mappings: Path) -> None:
    assert chosen(mappings, "visitors/anything.xlsx") == "visitors"
    assert chosen(mappings, "staff_totals/visitors_2019.csv") == "staff_totals"


@pytest.mark.parametrize("place", ["other.csv", "no_such_mapping/visitors_2019.csv"])
def test_file_that_no_mapping_declares_is_refused(mappings: Path, place: str) -> None:
    assert chosen(mappings, place) == FileReason.NO_MAPPING.value


def test_file_that_two_mappings_declare_is_refused_and_both_are_named(mappings: Path) -> None:
    text = (mappings / "visitors.yaml").read_text()
    (mappings / "guests.yml").write_text(text.replace("name: visitors", "name: guests", 1))
    problem = Catalogue.load(mappings).choose(Path("visitors_2019.csv"))
    assert isinstance(problem, FileProblem)
    assert problem.reason is FileReason.SEVERAL_MAPPINGS
    assert "`guests`, `visitors`" in problem.detail


def test_own_mapping_counts_instead_of_the_shipped_one_of_its_name(mappings: Path) -> None:
    text = (mappings / "visitors.yaml").read_text()
    (mappings / "totals.yaml").write_text(text.replace("name: visitors", "name: staff_totals", 1))
    found = Catalogue.load(mappings).mappings["staff_totals"]
    assert found.mapping.contract == "org.environment.facility_inventory.reported.v1"


def test_shipped_mappings_apply_by_sub_folder_only(mappings: Path) -> None:
    assert all(not loaded.mapping.files for loaded in Catalogue.load(None).mappings.values())


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("facility_name: name", "facility_nam: name", "did you mean `facility_name`"),
        ("files: [visitors_*.csv]", "files: [a/b.csv]", "files"),
        ("name: visitors", "nme: visitors", "nme"),
    ],
)
def test_wrong_mapping_of_the_folder_is_an_error_with_its_line(
    mappings: Path, old: str, new: str, said: str
) -> None:
    text = (mappings / "visitors.yaml").read_text()
    (mappings / "visitors.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(MappingError, match=said) as error:
        Catalogue.load(mappings)
    assert "visitors.yaml, line" in error.value.detail


def test_name_that_two_mappings_have_is_an_error(mappings: Path) -> None:
    (mappings / "again.yaml").write_text((mappings / "visitors.yaml").read_text())
    with pytest.raises(MappingError, match="another mapping of the folder is named `visitors`"):
        Catalogue.load(mappings)


def test_folder_of_mappings_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match="No such file"):
        Catalogue.load(tmp_path / "missing")
