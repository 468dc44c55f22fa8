"""No value of a row reaches the terminal, the report, a log or an error."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml
from typer.testing import CliRunner

from orgpulse_platform.cli.main import build_app
from orgpulse_platform.errors import OrgPulseError
from orgpulse_platform.mapping.load import LoadedMapping
from orgpulse_platform.mapping.run import check_file

CANARY = "Kanarienvogel"
HEADER = "person,cycle,due,done,raters,comments\n"
BROKEN_ROWS = [
    f"{CANARY},{CANARY},{CANARY},{CANARY},{CANARY},{CANARY}\n",
    f"{CANARY},2019,2020-03-31,2020-02-01,yes,\n",
    f"P000001,{CANARY},2020-03-31,2020-02-01,yes,\n",
    f"P000001,2019,{CANARY},2020-02-01,yes,\n",
    f"P000001,2019,2020-03-31,{CANARY},yes,\n",
    f"P000001,2019,2020-03-31,2020-02-01,{CANARY},\n",
    f"{CANARY},{CANARY}\n",
    f"{CANARY},,,,,,,{CANARY}\n",
    f'"{CANARY},2019\n',
    f"P000002,2019,2020-03-31,2020-02-01,yes,{CANARY}\ufffd\n",
    f"P000003,2019,2020-03-31,2020-02-01,yes,{CANARY}\n" * 2,
]


@pytest.fixture
def mapping_file(tmp_path: Path, appraisals: dict[str, Any]) -> Path:
    path = tmp_path / "mapping.yaml"
    path.write_text(yaml.safe_dump({**appraisals, "expect": {"cycle": "2019"}}))
    return path


def chain(error: BaseException) -> str:
    """Everything that a traceback of this error could show."""
    found, texts = error, []
    while found is not None:
        texts += [str(found), repr(found), repr(vars(found))]
        found = found.__cause__ or found.__context__  # type: ignore[assignment]
    return " ".join(texts)


def test_refused_rows_are_reported_without_their_values(
    tmp_path: Path, mapping_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    file = tmp_path / "export.csv"
    file.write_text(HEADER + "".join(BROKEN_ROWS))
    command = ["publish", str(file), "--mapping", str(mapping_file), "--dry-run", "--json"]
    result = CliRunner().invoke(build_app(), command)
    assert result.exit_code == 1
    report = orjson.loads(result.stdout)
    assert (report["accepted"], report["refused_rows"]) == (1, 11)
    assert CANARY not in result.output
    assert CANARY not in caplog.text


@pytest.mark.parametrize("name", ["export.csv", "export.ndjson", "export.xlsx"])
def test_error_of_a_file_repeats_nothing_of_it(
    tmp_path: Path, appraisals: dict[str, Any], load: Callable[[dict[str, Any]], LoadedMapping], name: str
) -> None:
    """The header is missing: what stands in its place are values."""
    path = tmp_path / name
    path.write_text(BROKEN_ROWS[0] * 2)
    with pytest.raises(OrgPulseError) as raised:
        check_file(path, load(appraisals), lambda position, total: None)
    assert CANARY not in chain(raised.value)


def test_error_of_a_wrong_encoding_repeats_nothing(
    tmp_path: Path, appraisals: dict[str, Any], load: Callable[[dict[str, Any]], LoadedMapping]
) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(HEADER.encode() + CANARY.encode())
    with pytest.raises(OrgPulseError) as raised:
        check_file(path, load({**appraisals, "format": {"encoding": "utf-16"}}), lambda position, total: None)
    assert CANARY not in chain(raised.value)


def test_error_of_a_mapping_repeats_no_constant(
    appraisals: dict[str, Any], load: Callable[[dict[str, Any]], LoadedMapping]
) -> None:
    appraisals["fields"]["cycle"] = {"constant": [CANARY]}
    with pytest.raises(OrgPulseError) as raised:
        load(appraisals)
    assert CANARY not in chain(raised.value)
