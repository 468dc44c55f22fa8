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
from orgpulse_pipelines.staging.versions import staging_table
from orgpulse_schemas.registry import all_contracts

SNAPSHOT = Path(__file__).parent / "snapshots" / "definitions.txt"
LOADS_WITHIN_SECONDS = 5.0


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
    return "\n".join([*assets, *checks, *jobs, *schedules]) + "\n"


def test_assets_checks_jobs_and_schedules_are_those_of_the_snapshot(graph):
    found = written(graph)
    if os.environ.get("UPDATE_SNAPSHOTS") == "1":
        SNAPSHOT.write_text(found)
    assert found == SNAPSHOT.read_text()


def test_every_asset_has_an_owner_a_description_and_a_kind(graph):
    for node in graph.asset_nodes:
        assert node.owners, node.key
        assert node.description, node.key
        assert any(tag.startswith("dagster/kind/") for tag in node.tags), node.key


def test_lineage_runs_from_the_publication_back_to_every_raw_topic(graph):
    reached = graph.upstream_key_iterator(dg.AssetKey(["publication"]))
    upstream = {key.to_user_string() for key in reached}
    for about in all_contracts().values():
        assert f"kafka/{about.raw_topic}" in upstream
        assert f"landing/{about.name}" in upstream


def test_every_contract_is_landed_and_staged(graph):
    keys = {node.key.to_user_string() for node in graph.asset_nodes}
    for about in all_contracts().values():
        assert f"landing/{about.name}" in keys
        assert staging_table(about).replace(".", "/") in keys


def test_what_leaders_read_must_be_fresh(graph):
    stale = [
        node.key
        for node in graph.asset_nodes
        if node.group_name == "marts"
        and graph.get(node.key).assets_def.specs_by_key[node.key].freshness_policy is None
    ]
    assert stale == []


def test_the_build_runs_in_one_process_and_is_never_repeated_by_itself():
    job = defs.resolve_job_def("build")
    assert job.executor_def.name == "in_process"
    assert job.tags["dagster/max_retries"] == "0"


def test_the_code_location_loads_quickly():
    code = "import time, orgpulse_pipelines.definitions; print(time.process_time())"
    best = min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(2)
    )
    assert best < LOADS_WITHIN_SECONDS
