"""What the guide to data quality shows works as it is printed there."""

import re
from datetime import date, datetime
from pathlib import Path

import orjson
import pytest
from sql_cases import empty_warehouse

from orgpulse_schemas.cloudevents import parse
from orgpulse_schemas.counting import count_of
from orgpulse_schemas.validation import validate

TEXT = (Path(__file__).parents[2] / "docs" / "guides" / "data-quality.md").read_text("utf-8")
QUERIES = re.findall(r"```sql\n(.*?)```", TEXT, flags=re.DOTALL)
(EVENT,) = re.findall(r"```json\n(.*?)```", TEXT, flags=re.DOTALL)
(PYTHON,) = re.findall(r"```python\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.mark.parametrize("query", QUERIES)
def test_query_of_the_guide_runs(query: str) -> None:
    with empty_warehouse() as connection:
        assert connection.execute(query).fetchall() == []


def test_event_of_the_guide_is_the_one_that_its_python_makes() -> None:
    payload = validate(parse(EVENT.encode()))
    event_type, events = next(iter(re.findall(r'"(org\.[^"]+)": ([0-9]+)', PYTHON)))
    assert payload == count_of(event_type, date(2019, 6, 3), int(events))
    assert orjson.loads(EVENT)["type"] == payload.about.event_type
    assert datetime.fromisoformat(orjson.loads(EVENT)["time"]).date() > payload.day  # type: ignore[attr-defined]


def test_python_of_the_guide_is_well_formed() -> None:
    compile(PYTHON, "data-quality.md", "exec")


def test_every_table_of_the_guide_exists() -> None:
    with empty_warehouse() as connection:
        for name in set(re.findall(r"`((?:core|marts)\.[a-z_]+)`", TEXT)):
            connection.execute(f"describe {name}")
