"""What people and scripts see of ``orgpulse publish --dry-run`` and ``orgpulse mappings``."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from click.testing import Result
from typer.testing import CliRunner

from orgpulse_platform.cli.main import build_app
from orgpulse_platform.mapping.errors import MappingError
from orgpulse_platform.mapping.load import LoadedMapping
from orgpulse_platform.mapping.readers.open import open_reader
from orgpulse_platform.mapping.refusal import ROW_MEANINGS, RowReason


@pytest.fixture
def mapping_file(tmp_path: Path, inventories: Callable[..., dict[str, Any]]) -> Path:
    path = tmp_path / "mapping.yaml"
    path.write_text(yaml.safe_dump(inventories(facility_name="name", water="water")))
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(build_app(), [str(argument) for argument in arguments])


def test_dry_run_needs_no_broker_and_publishes_nothing(tmp_path: Path, mapping_file: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("site,name,water\nF0001,Lima,3\n")
    result = run("publish", file, "--mapping", mapping_file, "--dry-run", "--json")
    assert result.exit_code == 0
    report = orjson.loads(result.stdout)
    assert report.pop("id").startswith("inventories:sha256:")
    assert report == {
        "mapping": "inventories",
        "contract": "org.environment.facility_inventory.reported.v1",
        "dry_run": True,
        "rows": 1,
        "accepted": 1,
        "published": 0,
        "skipped": 0,
        "refused_rows": 0,
        "refused": [],
    }
    assert "1 rows read: 1 fit (dry run), 0 refused." in result.stderr


def test_refused_rows_are_listed_and_the_command_fails(tmp_path: Path, mapping_file: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("site,name,water\nF0001,Lima,3\nF0002,,much\nF0003,Quito,4\n")
    result = run("publish", file, "-m", mapping_file, "--dry-run", "--json")
    assert result.exit_code == 1
    report = orjson.loads(result.stdout)
    assert (report["rows"], report["accepted"], report["refused_rows"]) == (3, 2, 1)
    assert report["refused"] == [
        {
            "id": "line-3",
            "line": 3,
            "field": "facility_name",
            "reason": "missing_field",
            "also": [{"id": "water", "field": "water", "reason": "wrong_type"}],
        }
    ]
    assert "missing_field" in result.stderr


def test_many_refused_rows_are_summed_up_for_people(tmp_path: Path, mapping_file: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("site,name,water\n" + "F1,Lima,3\n" * 1500)
    result = run("publish", file, "-m", mapping_file, "--dry-run")
    assert "and 1,480 more rows" in result.stderr
    assert "identity: repeated_identity, 1,499 rows" in result.stderr
    assert "facility_id: invalid_value, 1 rows" in result.stderr
    assert "1,500 rows read: 0 fit (dry run), 1,500 refused." in result.stderr


def test_same_file_under_another_name_is_the_same_dataset(tmp_path: Path, mapping_file: Path) -> None:
    ids = set()
    for name in ("first.csv", "second.csv"):
        (tmp_path / name).write_text("site,name,water\nF0001,Lima,3\n")
        ids.add(
            orjson.loads(run("publish", tmp_path / name, "-m", mapping_file, "--dry-run", "--json").stdout)[
                "id"
            ]
        )
    assert len(ids) == 1


def test_bad_mapping_ends_the_command_before_a_broker_is_looked_for(tmp_path: Path) -> None:
    result = run("publish", tmp_path / "export.csv", "--mapping", "staff_total")
    assert isinstance(result.exception, MappingError)


def test_shipped_mappings_are_listed_and_shown() -> None:
    listed = orjson.loads(run("mappings", "list", "--json").stdout)
    assert [mapping["id"] for mapping in listed] == [
        "building_energy",
        "expenses_by_type",
        "iati_flows",
        "revenue_by_type",
        "staff_by_duty_station",
        "staff_totals",
    ]
    assert "staff_totals" in run("mappings", "list").stdout
    assert run("mappings", "show", "staff_totals").stdout.startswith("name: staff_totals\n")
    assert isinstance(run("mappings", "show", "staff").exception, MappingError)


def test_file_is_read_as_it_is_used_and_not_before(
    tmp_path: Path, inventories: Callable[..., dict[str, Any]], load: Callable[..., LoadedMapping]
) -> None:
    file = tmp_path / "export.csv"
    file.write_text("site\n" + "F0001\n" * 500_000)
    with open_reader(file, load(inventories())) as reader:
        next(reader.rows())
        assert reader.total == file.stat().st_size
        assert 0 < reader.position() < reader.total / 10


def test_every_reason_of_a_row_has_a_meaning() -> None:
    assert set(ROW_MEANINGS) == set(RowReason)
