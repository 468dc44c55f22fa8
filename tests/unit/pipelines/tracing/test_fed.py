"""Which tables the events of a contract feed."""

from orgpulse_pipelines.modelling.model import load_models
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_pipelines.tracing.fed import tables_fed_by
from orgpulse_schemas.registry import all_contracts

PEOPLE = {model.name for model in load_models() if model.metadata.people}


def names(contract: str) -> list[str]:
    return [fed.table for fed in tables_fed_by(contract)]


def test_a_completion_feeds_its_landing_and_staging_table_first():
    assert names("training_completion_recorded_v1")[:2] == [
        "landing.training_completion_recorded_v1",
        "staging.training_completion_recorded_v1",
    ]


def test_tables_about_people_are_named_and_marked_as_not_published():
    fed = {one.table: one for one in tables_fed_by("training_completion_recorded_v1")}
    assert fed.keys() & PEOPLE
    for name, one in fed.items():
        assert one.people == (name in PEOPLE)
        assert one.published == (name.startswith(("core.", "marts.")) and name not in PEOPLE)


def test_an_older_version_is_landed_under_its_own_name_and_staged_with_the_newest():
    assert names("hr_appraisal_completed_v1")[:2] == [
        "landing.hr_appraisal_completed_v1",
        "staging.hr_appraisal_completed_v2",
    ]
    assert names("hr_appraisal_completed_v1")[1:] == names("hr_appraisal_completed_v2")[1:]


def test_every_model_that_reads_a_fed_table_is_fed_as_well_and_stands_behind_it():
    for about in all_contracts().values():
        fed = names(about.name)
        for model in load_models():
            reads = model.depends_on & set(fed)
            assert (model.name in fed) == bool(reads), (about.name, model.name)
            if reads:
                assert max(map(fed.index, reads)) < fed.index(model.name)


def test_a_contract_that_no_model_reads_feeds_two_tables_and_no_more():
    read = {table for model in load_models() for table in model.depends_on}
    unread = [about for about in all_contracts().values() if staging_table(about) not in read]
    assert unread
    assert {len(names(about.name)) for about in unread} == {2}


def test_of_a_contract_that_is_not_known_nothing_is_claimed():
    assert tables_fed_by("hr_late_registered_v1") == []
