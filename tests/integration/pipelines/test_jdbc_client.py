"""A JDBC client reads a publication, read-only, as the guide for analysts says."""

import shutil
import subprocess
from pathlib import Path

import duckdb
import pytest

from orgpulse_platform.broker.errors import JavaMissingError
from orgpulse_platform.broker.java import find_java

JAVA = Path(__file__).parent / "java"
PROGRAM = JAVA / "ReadPublication.java"
GUIDE = Path(__file__).parents[3] / "docs" / "guides" / "analyse-with-sql.md"


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the driver, which Maven fetches and keeps in its own cache."""
    maven = shutil.which("mvn")
    if maven is None:
        pytest.skip("no JDBC client: no `mvn` on the PATH")
        raise AssertionError
    folder = tmp_path_factory.mktemp("jdbc")
    shutil.copyfile(JAVA / "pom.xml", folder / "pom.xml")
    fetched = subprocess.run(
        [
            maven,
            "--quiet",
            "--batch-mode",
            "--strict-checksums",
            "dependency:copy-dependencies",
            f"-DoutputDirectory={folder / 'jars'}",
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    if fetched.returncode != 0:
        pytest.skip("no JDBC client: Maven cannot fetch the driver")
    return folder / "jars"


def test_a_jdbc_client_reads_and_cannot_write(driver: Path, tmp_path: Path) -> None:
    path = tmp_path / "current.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema indicators; create schema answers")
        connection.execute("create table indicators.value as select 'Staff' as title, 23.5 as value")
        connection.execute("create view answers.figures as from indicators.value")
    path.chmod(0o440)
    try:
        java = find_java()
    except JavaMissingError as error:
        pytest.skip(f"no JDBC client: {error}")
        raise
    with duckdb.connect(str(path), read_only=True):  # another reader does not stand in the way
        answer = subprocess.run(
            [java, "-cp", f"{driver}/*", str(PROGRAM), str(path)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.splitlines() == ["Staff 23.5", "refused"]


def test_the_guide_names_the_driver_that_is_tested_and_the_version_of_the_warehouse() -> None:
    guide, pom, program = GUIDE.read_text(), (JAVA / "pom.xml").read_text(), PROGRAM.read_text()
    assert f"<version>{duckdb.__version__}.0</version>" in pom
    assert "org.duckdb:duckdb_jdbc" in guide
    for said in ("jdbc:duckdb:", "duckdb.read_only"):
        assert said in guide
        assert said in program
