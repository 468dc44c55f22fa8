"""What Dagster shows and runs: a lost asset, check, job or schedule is seen here.

After an intended change, write the snapshot anew with
``UPDATE_SNAPSHOTS=1 pytest tests/unit/pipelines/test_definitions.py`` and read the difference.
"""

import os
import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest

from orgpulse_pipelines.definitions import defs
from orgpulse_pipelines.staging.versions import staged_contracts, staging_table
from orgpulse_schemas.registry import all_contracts, all_families

SNAPSHOT = Path(__file__).parent / "snapshots" / "definitions.txt"
GROUPS = {"kafka", "landing", "staging", "core", "marts", "indicators", "publication"}
REPLAY = dg.AssetKey(["staging", "replay"])
LOADS_WITHIN = 8
"""Most that loading the code location may cost, in multiples of importing Dagster, which varies by half."""


@pytest.fixture(scope="module")
def graph():
    return defs.resolve_asset_graph()


def written(graph) -> str:
    """Everything by name, one a line."""
    repository = defs.get_repository_def()
    assets = sorted(
        f"asset    {node.key.to_user_string()}  [{node.group_name}]" for node in graph.asset_nodes
    )
    checks = sorted(
        f"check    {key.asset_key.to_user_string()}  {key.name}  "
        f"{'fail' if graph.get(key).blocking else 'warn'}"
        for key in graph.asset_check_keys
    )
    jobs = sorted(
        f"job      {job.name}" for job in repository.get_all_jobs() if not job.name.startswith("__")
    )
    schedules = sorted(
        f"schedule {one.name}  {one.cron_schedule}  {one.job_name}  {one.default_status.value}"
        for one in repository.schedule_defs
    )
    sensors = sorted(
        f"sensor   {one.name}  {one.minimum_interval_seconds} s  {one.job_name}  {one.default_status.value}"
        for one in repository.sensor_defs
    )
    return "\n".join([*assets, *checks, *jobs, *schedules, *sensors]) + "\n"


def test_assets_checks_jobs_and_schedules_are_those_of_the_snapshot(graph):
    found = written(graph)
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        SNAPSHOT.write_text(found)
    assert found == SNAPSHOT.read_text()


def test_every_asset_says_whose_it_is_what_it_is_and_where_it_belongs(graph):
    for node in graph.asset_nodes:
        assert node.owners, node.key
        assert len(node.description or "") > 20, node.key
        assert any(tag.startswith("dagster/kind/") for tag in node.tags), node.key
        assert node.group_name in GROUPS, node.key
        assert node.tags["layer"], node.key


def test_a_topic_tells_who_writes_and_reads_it_and_which_events_it_carries(graph):
    topic = graph.get(dg.AssetKey(["kafka", "raw.hr.pe-3"])).description
    assert "Written by one source system alone" in topic
    assert "org.hr.appointment.made.v1" in topic
    assert "org.reference.course.registered.v1" not in topic


def test_a_table_shows_its_query(graph):
    described = graph.get(dg.AssetKey(["marts", "service"])).description
    assert "```sql\n-- grain: one row per" in described


def test_columns_are_known_before_a_table_of_events_is_built(graph):
    for node in graph.asset_nodes:
        if node.group_name in ("landing", "staging") and node.key != REPLAY:
            assert node.metadata["dagster/column_schema"].columns, node.key


def test_every_column_of_staging_leads_to_landing_and_so_to_a_topic(graph):
    for about in staged_contracts():
        node = graph.get(dg.AssetKey(staging_table(about).split(".")))
        lineage = node.metadata["dagster/column_lineage"].deps_by_column
        landing = dg.AssetKey(["landing", about.family])
        landed = {column.name for column in graph.get(landing).metadata["dagster/column_schema"].columns}
        for column, origins in lineage.items():
            assert column == "contract" or origins, (about.name, column)
            assert all(origin.asset_key == landing and origin.column_name in landed for origin in origins)
        assert dg.AssetKey(["kafka", about.events_topic]) in graph.get(landing).parent_keys


def test_steps_that_talk_to_kafka_or_write_files_are_tried_again():
    repository = defs.get_repository_def()
    tried_again = {
        ".".join(key.path)
        for asset in repository.assets_defs_by_key.values()
        if asset.is_executable and asset.op.retry_policy
        for key in asset.keys
    }
    assert tried_again == {*(f"landing.{family}" for family in all_families()), "publication", "dashboard"}


def test_a_replay_of_months_is_no_part_of_the_build():
    repository = defs.get_repository_def()
    replay = repository.assets_defs_by_key[REPLAY]
    assert REPLAY not in defs.resolve_job_def("build").asset_layer.executable_asset_keys
    assert replay.backfill_policy == dg.BackfillPolicy.single_run()
    assert replay.partitions_def.get_first_partition_key() == "2010-01-01"


def test_lineage_runs_from_the_publication_back_to_every_raw_topic(graph):
    reached = graph.upstream_key_iterator(dg.AssetKey(["publication"]))
    upstream = {key.to_user_string() for key in reached}
    for about in all_contracts().values():
        assert f"kafka/{about.raw_topic}" in upstream
        assert f"landing/{about.family}" in upstream


def test_every_contract_is_landed_and_staged(graph):
    keys = {node.key.to_user_string() for node in graph.asset_nodes}
    for about in all_contracts().values():
        assert f"landing/{about.family}" in keys
        assert staging_table(about).replace(".", "/") in keys


def test_what_is_landed_and_what_leaders_read_must_be_fresh(graph):
    stale = [
        node.key
        for node in graph.asset_nodes
        if (node.group_name in ("landing", "marts") or node.key == dg.AssetKey(["publication"]))
        and graph.get(node.key).assets_def.specs_by_key[node.key].freshness_policy is None
    ]
    assert stale == []


def test_the_build_runs_in_one_process_and_is_never_repeated_by_itself():
    job = defs.resolve_job_def("build")
    assert job.executor_def.name == "in_process"
    assert job.tags["dagster/max_retries"] == "0"


def cpu_seconds(module):
    """CPU time of a process that imports a module, the better of two."""
    code = f"import time, {module}; print(time.process_time())"
    runs = (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        for _ in range(2)
    )
    return min(float(run.stdout) for run in runs)


def test_the_code_location_loads_quickly():
    assert cpu_seconds("orgpulse_pipelines.definitions") < LOADS_WITHIN * cpu_seconds("dagster")
