"""The files of figures: what a reader's browser decodes is what was published."""

import json
import re
from datetime import date
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from small_dashboard import definition, figure, publication

from orgpulse_pipelines.dashboard.data_files import LETTERS, write_data
from orgpulse_pipelines.dashboard.read import read_content

_HANDED_OVER = re.compile(r"orgpulse\.load\(.+?,.+?,(.*)\);\n", re.DOTALL)
_PERIODS = [("month", f"2019-{month:02}") for month in range(1, 7)] + [("year", "2018"), ("year", "2019")]
_PARTS = [("organisation", "all"), ("region", "africa"), ("office", "U1"), ("gender", "female")]
_CELLS = list(product(["coverage", "other"], _PARTS, _PERIODS))


def written(tmp_path, figures):
    connection = publication([definition(), definition("other")], figures)
    content = read_content(connection)
    write_data(connection, content, tmp_path)
    documents = {
        (path.parent.name, path.stem): json.loads(_HANDED_OVER.fullmatch(path.read_text())[1])
        for path in tmp_path.rglob("*.js")
    }
    return content, documents


def decoded(content, documents):
    """Every figure as a browser reads it, from the files of the slices and from those of the indicators."""
    parts = {str(one.key): (one.dimension, one.member) for one in content.slices}
    found = {"slice": {}, "indicator": {}}
    for (kind, name), document in documents.items():
        for other, by_grain in document.items():
            key, indicator = (name, other) if kind == "slice" else (other, name)
            for grain, (first, values, letters, *aims) in by_grain.items():
                for index, (value, letter) in enumerate(zip(values, letters, strict=True)):
                    said = [aim[index] if isinstance(aim, list) else aim for aim in aims]
                    label = content.periods[grain][first + index].label
                    found[kind][indicator, parts[key], (grain, label)] = value, letter, *said
    return found


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(_CELLS),
        st.tuples(
            st.none() | st.integers(-(10**6), 10**6).map(lambda number: number / 1000),
            st.sampled_from(["none", "suppressed"]),
            st.none() | st.integers(0, 100),
            st.none() | st.integers(0, 100),
        ),
        min_size=1,
    )
)
def test_both_kinds_of_file_say_what_was_published(tmp_path_factory, stated):
    figures = [
        figure(
            value, period, grain,
            indicator_id=indicator, dimension=part[0], member=part[1],
            suppression=why, target=aim, baseline=base,
        )
        for (indicator, part, (grain, period)), (value, why, aim, base) in stated.items()
        if part[0] != "organisation" or grain == "year"
    ]  # fmt: skip
    if not any(one["dimension"] == "organisation" for one in figures):
        figures.append(figure(1))
    content, documents = written(tmp_path_factory.mktemp("data"), figures)
    by_kind = decoded(content, documents)
    expected = {
        (one["indicator_id"], (one["dimension"], one["member"]), (one["grain"], one["period"])): (
            one["value"],
            LETTERS[one["status"]],
            one["target"],
            one["baseline"],
        )
        for one in figures
    }
    for found in by_kind.values():
        assert {cell: said for cell, said in found.items() if cell in expected} == expected
        assert all(said == (None, "-", None, None) for cell, said in found.items() if cell not in expected)


def test_a_withheld_value_is_in_no_file(tmp_path):
    withheld = figure(None, "2018", dimension="gender", member="female", suppression="suppressed")
    _, documents = written(tmp_path, [figure(41.5), withheld])
    assert documents["indicator", "coverage"]["1"] == {"year": [0, [None], "s", 95, None]}


def test_a_file_ends_no_line_of_its_script(tmp_path):
    member = "a\u2028b"
    written(tmp_path, [figure(1), figure(2, dimension="gender", member=member)])
    assert all("\u2028" not in path.read_text() for path in tmp_path.rglob("*.js"))


def test_files_do_not_grow_with_events(tmp_path):
    content, _ = written(tmp_path, [figure(1)])
    assert content.events == 7
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.js")) < 200
    assert content.periods["year"][0].start == date(2019, 1, 1)
