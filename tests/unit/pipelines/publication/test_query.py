"""Analysts ask the published warehouse; a wrong question gets a clear answer."""

import csv
import io
import json

import duckdb
import pytest

from orgpulse_pipelines.errors import NothingPublishedError, PublicationError, QueryError
from orgpulse_pipelines.publication.listing import listing, listing_table
from orgpulse_pipelines.publication.query import run_query, show


def test_before_the_first_publication_people_are_told_to_build(settings):
    with pytest.raises(NothingPublishedError) as caught:
        run_query(settings, "select 1")
    assert "orgpulse build" in caught.value.guidance


def test_an_answer_has_columns_and_rows(small):
    small.publish()
    answer = run_query(small.settings, "select id, id * 1.5 as half from core.thing order by id limit 1")
    assert answer.columns == ("id", "half")
    assert len(answer.rows) == 1


def test_a_wrong_query_is_explained_in_duckdbs_own_words(small):
    small.publish()
    with pytest.raises(QueryError, match="no_such_table"):
        run_query(small.settings, "select * from no_such_table")


@pytest.mark.parametrize("statement", ["create table x (id int)", "delete from core.thing"])
def test_nobody_writes_into_a_publication(statement, small):
    small.publish()
    with pytest.raises(QueryError, match="read-only"):
        run_query(small.settings, statement)


def test_csv_has_a_header_and_quotes_what_needs_it(small, capsys):
    small.publish()
    show(run_query(small.settings, "select 'a, \"b\" [red]' as text, 1 as n"), "csv")
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["text", "n"], ['a, "b" [red]', "1"]]


def test_json_is_one_document_of_objects(small, capsys):
    small.publish()
    show(run_query(small.settings, "select id from core.thing order by id limit 2"), "json")
    assert json.loads(capsys.readouterr().out) == [{"id": 1}, {"id": 2}]


def test_a_damaged_publication_is_named(small):
    path = small.publish().publication.path
    path.chmod(0o600)
    path.write_bytes(b"x" * 20_000)
    with pytest.raises(PublicationError, match="cannot be read"):
        run_query(small.settings, "select 1")


def test_the_listing_marks_the_current_publication(small):
    small.publish()
    newest = small.publish().publication
    found = listing(small.settings)
    assert [one["current"] for one in found] == [True, False]
    assert found[0]["id"] == newest.id
    assert found[0]["events"] == 0
    assert listing_table(found).row_count == 2


def test_a_query_sees_one_publication_to_its_end(small):
    small.publish()
    with duckdb.connect(str(small.settings.folder.published.resolve()), read_only=True) as reader:
        before = reader.execute("select publication_id from meta.publication").fetchone()
        small.publish()
        assert reader.execute("select publication_id from meta.publication").fetchone() == before
