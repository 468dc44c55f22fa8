"""What the guide for analysts shows works as it is printed there, on a publication as a build writes it."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orgpulse_pipelines.publication.views import load_views, run_views

GUIDE = Path(__file__).parents[4] / "docs" / "guides" / "analyse-with-sql.md"
QUERIES: dict[str, str] = dict(
    re.findall(r"^### (.+?)\n[^#]*?```sql\n(.*?)```", GUIDE.read_text(), re.M | re.S)
)


@pytest.fixture
def reader(analysts_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(analysts_file), read_only=True) as connection:
        yield connection


def answer(reader: duckdb.DuckDBPyConnection, question: str) -> list[tuple[Any, ...]]:
    return reader.execute(QUERIES[question]).fetchall()


def test_every_example_is_found() -> None:
    assert len(QUERIES) == GUIDE.read_text().count("```sql") == 10


@pytest.mark.parametrize("question", QUERIES)
def test_every_example_runs_and_has_columns(question: str, reader: duckdb.DuckDBPyConnection) -> None:
    assert reader.execute(QUERIES[question]).description


def test_coverage_by_region_leaves_the_small_region_empty(reader: duckdb.DuckDBPyConnection) -> None:
    found = {row[:2]: row[2:] for row in answer(reader, "Coverage by region and quarter")}
    assert found["2018-Q4", "africa"] == (0, "off_target")
    assert found["2018-Q4", "europe"] == (None, "suppressed")


def test_trend_goes_on_to_the_newest_year(reader: duckdb.DuckDBPyConnection) -> None:
    period, value, target, status, _ = answer(reader, "An indicator against its target, year by year")[-1]
    assert (period, target, status) == ("2019", 95, "off_target")
    assert float(value) == pytest.approx(10 / 23 * 100, abs=1e-4)


def test_offices_that_miss_a_target_are_named_by_region(reader: duckdb.DuckDBPyConnection) -> None:
    found = answer(reader, "Which offices miss a target")
    assert found
    assert all(gap < 0 for *_, gap in found)


def test_emissions_and_expenditure_add_up(reader: duckdb.DuckDBPyConnection) -> None:
    assert answer(reader, "Greenhouse gas by source") == [
        (2018, "air_travel", 14, 70),
        (2018, "vehicles", 6, 30),
    ]
    assert [row[-1] for row in answer(reader, "Expenditure by project and year")] == [800]


def test_suppressed_figures_are_counted(reader: duckdb.DuckDBPyConnection) -> None:
    assert all(figures > 0 for _, figures in answer(reader, "How much is suppressed"))


def test_a_figure_leads_to_events_in_kafka(reader: duckdb.DuckDBPyConnection) -> None:
    found = answer(reader, "Which events stand behind a figure")
    assert [row[1:4] for row in found] == [("events.evaluation", 0, offset) for offset in range(3)]


def test_every_view_is_published_and_in_the_dictionary(reader: duckdb.DuckDBPyConnection) -> None:
    rows = reader.execute(
        """select "schema" || '.' || "table", bool_and(comment is not null and table_comment is not null) """
        """from meta.columns where "schema" = 'answers' group by all"""
    ).fetchall()
    assert dict(rows) == dict.fromkeys((view.name for view in load_views()), True)
    for view in load_views():
        found = [row[0] for row in reader.execute(f"describe {view.name}").fetchall()]
        assert found == list(view.meaning.columns), view.name


def test_views_repeat_no_figure_and_lose_none(reader: duckdb.DuckDBPyConnection) -> None:
    counts = "select (select count(*) from answers.figures) - (select count(*) from indicators.value)"
    assert reader.execute(counts).fetchone() == (0,)
    (newest,) = reader.execute(
        "select max(period_start) from answers.latest_figures where grain = 'year'"
    ).fetchone() or (None,)
    assert newest == date(2018, 1, 1)  # 2019 has begun and is not over


def test_views_work_under_any_name_of_the_file(analysts_file: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"attach '{analysts_file}' as pulse (read_only)")
        assert connection.execute("from pulse.answers.latest_figures limit 1").fetchall()


def test_a_view_that_cannot_be_read_is_found(analysts_file: Path, tmp_path: Path) -> None:
    with duckdb.connect(shutil.copy(analysts_file, tmp_path)) as draft:
        run_views(draft)
        draft.execute("drop table indicators.definition")
        with pytest.raises(duckdb.CatalogException, match="definition"):
            run_views(draft)


def test_python_of_the_guide_runs(analysts_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", GUIDE.read_text(), re.S)
    state = analysts_file.parent / "run"
    (state / ".orgpulse" / "publications").mkdir(parents=True)
    (state / ".orgpulse" / "publications" / "current.duckdb").symlink_to(analysts_file)
    monkeypatch.chdir(state)
    found: dict[str, Any] = {}
    exec(compile(program, GUIDE.name, "exec"), found)
    assert found["rows"]
