"""Files on their way: never overwritten, never lost."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orgpulse_platform.inbox.moving import LONGEST_NAME, free_name, move

SHA = "0123456789abcdef" * 4
OTHER = "fedcba9876543210" * 4


def test_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a.b.csv", SHA) == "a.b.csv"
    (tmp_path / "a.b.csv").touch()
    assert free_name(tmp_path, "a.b.csv", SHA) == "a.b-2.csv"
    (tmp_path / "a.b-2.csv").symlink_to("nowhere")
    assert free_name(tmp_path, "a.b.csv", SHA) == "a.b-3.csv"


def test_report_of_another_file_is_not_overwritten_and_that_of_an_interrupted_end_is(tmp_path: Path) -> None:
    report = tmp_path / "a.csv.report.json"
    report.write_text(f'{{"sha256": "{OTHER}"}}')
    assert free_name(tmp_path, "a.csv", SHA) == "a-2.csv"
    report.write_text(f'{{"sha256": "{SHA}"}}')
    assert free_name(tmp_path, "a.csv", SHA) == "a.csv"
    report.write_text("{")
    assert free_name(tmp_path, "a.csv", SHA) == "a-2.csv"


@pytest.mark.parametrize("name", ["é" * 120 + ".csv", "x." + "y" * 240])
def test_name_too_long_for_a_report_gives_way_to_the_hash(tmp_path: Path, name: str) -> None:
    found = free_name(tmp_path, name, SHA)
    assert found.startswith(SHA[:32])
    assert len(os.fsencode(found)) <= LONGEST_NAME


def test_file_moves_whole(tmp_path: Path) -> None:
    source, target = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text("site\n")
    move(source, target)
    assert target.read_text() == "site\n"
    assert not source.exists()


def test_file_moves_to_another_file_system(tmp_path: Path) -> None:
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system here")
    with TemporaryDirectory(dir=memory) as elsewhere:
        source, target = tmp_path / "a.csv", Path(elsewhere) / "a.csv"
        source.write_text("site\n")
        move(source, target)
        assert target.read_text() == "site\n"
        assert not source.exists()
        assert os.listdir(elsewhere) == ["a.csv"]  # noqa: PTH208
