"""The indicators as Dagster sees them."""

from orgpulse_pipelines.asset_names import table_key
from orgpulse_pipelines.indicators.assets import DEFINITION_KEY, VALUE_KEY, indicators, workforce
from orgpulse_pipelines.indicators.checks import CHECKS


def test_lineage_runs_from_a_figure_to_the_marts_it_is_computed_from() -> None:
    upstream = indicators.asset_deps[VALUE_KEY]
    assert {DEFINITION_KEY, table_key("marts.service"), table_key("core.dim_period")} <= upstream


def test_every_check_blocks_the_publication() -> None:
    specs = [*indicators.check_specs, *workforce.check_specs]
    assert {(table_key(table), check.name) for table in CHECKS for check in CHECKS[table]} == {
        (spec.asset_key, spec.name) for spec in specs
    }
    assert all(spec.blocking for spec in specs)
