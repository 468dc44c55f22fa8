"""What source systems count is read of all of them: tested the moment one is added."""

from sql_cases import all_models

from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_schemas.families.control.counts import COUNTED, NAMES
from orgpulse_schemas.systems import SYSTEMS


def test_every_source_system_can_count() -> None:
    assert set(NAMES) == set(SYSTEMS)
    assert {system: model.about.system.id for system, model in COUNTED.items()} == {
        id_: id_ for id_ in SYSTEMS
    }


def test_counts_of_every_source_system_are_read_under_its_name() -> None:
    counts = next(one for one in all_models() if one.name == "core.fact_event_count")
    assert counts.depends_on == {staging_table(model.about) for model in COUNTED.values()}
    for system, model in COUNTED.items():
        place = counts.sql.index(staging_table(model.about))
        assert counts.sql[:place].rpartition("select ")[2].startswith(f"'{system}'"), system
