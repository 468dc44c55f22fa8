"""Judges figures: status against the target, trend against the period before, baseline.

A figure is judged by what may be shown of it and of the figures that it is compared with. Year-to-date
figures are compared with the same months of the year before, all others with the period before.
"""

from typing import Any, Final

import duckdb
import pyarrow as pa

from orgpulse_pipelines.indicators.calendar import PERIOD
from orgpulse_pipelines.indicators.definition import Definition
from orgpulse_pipelines.indicators.evaluation import CELL
from orgpulse_pipelines.indicators.measuring import NUMBER, ORGANISATION
from orgpulse_pipelines.indicators.targets import NO_TARGET, Target

EVERYWHERE: Final = "*"
"""Member of an aim that holds for every part."""
_RULE: Final = pa.schema(
    {
        "indicator_id": pa.string(),
        "version": pa.int32(),
        "unit": pa.string(),
        "decimals": pa.int32(),
        "direction": pa.string(),
        "factor": pa.float64(),
        "is_ratio": pa.bool_(),
    }
)
_NUMBER: Final = pa.decimal128(28, 6)
_AIM: Final = pa.schema(
    {
        "indicator_id": pa.string(),
        "dimension": pa.string(),
        "member": pa.string(),
        "grains": pa.list_(pa.string()),
        "first_day": pa.date32(),
        "last_day": pa.date32(),
        "target": _NUMBER,
        "tolerance": _NUMBER,
        "baseline": _NUMBER,
        "baseline_period": pa.string(),
    }
)
_SAME: Final = "(other.indicator_id, other.version, other.grain, other.dimension, other.member) = (figure.indicator_id, figure.version, figure.grain, figure.dimension, figure.member)"  # noqa: E501

JUDGED: Final = f"""
    with figure as (
      select
        cell.*, rule.* exclude (indicator_id, version), period.ordinal, period.per_year,
        case
          when not rule.is_ratio then
            if(rule.factor = 1, cell.numerator, (cell.numerator::double * rule.factor)::{NUMBER})
          when cell.denominator <> 0 then
            (cell.numerator::double / cell.denominator::double * rule.factor)::{NUMBER}
        end as value
      from {CELL} as cell
      join temp.rule as rule using (indicator_id, version)
      join {PERIOD} as period using (grain, label)
    ),
    exception as (
      select figure.cell_id, aim.target, aim.tolerance, aim.baseline
      from figure
      join temp.aim as aim
        on (aim.indicator_id, aim.dimension, aim.member)
        = (figure.indicator_id, figure.dimension, figure.member)
        and list_contains(aim.grains, figure.grain)
        and figure.period_end between aim.first_day and aim.last_day
      qualify row_number() over (partition by figure.cell_id order by aim.first_day desc) = 1
    ),
    compared as (
      select
        figure.*,
        coalesce(exception.target, aim.target) as target,
        coalesce(exception.tolerance, aim.tolerance, 0) as tolerance,
        coalesce(exception.baseline, aim.baseline, reference.value) as baseline,
        if(figure.grain = 'year_to_date', year_before.value, before.value) as previous_value,
        year_before.value as year_before_value
      from figure
      left join exception using (cell_id)
      -- a total's target says nothing about a part of it; a share's holds for every part
      left join temp.aim as aim
        on aim.indicator_id = figure.indicator_id and aim.member = '{EVERYWHERE}'
        and list_contains(aim.grains, figure.grain)
        and (figure.is_ratio or figure.dimension = '{ORGANISATION[0]}')
      left join figure as reference
        on (reference.indicator_id, reference.dimension, reference.member, reference.label)
        = (figure.indicator_id, figure.dimension, figure.member, aim.baseline_period)
      left join figure as before
        on {_SAME.replace("other", "before")} and before.ordinal = figure.ordinal - 1
      left join figure as year_before
        on {_SAME.replace("other", "year_before")} and year_before.ordinal = figure.ordinal - figure.per_year
    ),
    measured as (
      select *,
        if(direction = 'lower', value - target, target - value) as missed_by,
        sign(round(value::double, decimals) - round(previous_value::double, decimals)) as change
      from compared
    )
    select
      * exclude (missed_by, change),
      case
        when suppression <> 'none' then 'suppressed'
        when value is null then 'no_data'
        when target is null or direction = 'neutral' then 'no_target'
        when missed_by <= 0 then 'on_target'
        when missed_by <= tolerance then 'near'
        else 'off_target'
      end as status,
      case change when 1 then 'up' when -1 then 'down' when 0 then 'steady' end as trend,
      case
        when direction = 'neutral' or change is null then null
        when change = 0 then 'unchanged'
        when (change > 0) = (direction = 'higher') then 'better'
        else 'worse'
      end as progress
    from measured
"""  # noqa: S608 - made of constants
"""The figures of ``CELL`` with everything that is said about them, after :func:`prepare_judgement`."""


def prepare_judgement(
    connection: duckdb.DuckDBPyConnection, definitions: tuple[Definition, ...], targets: dict[str, Target]
) -> None:
    """Make the temporary tables that :data:`JUDGED` judges by: rules of the definitions, and aims."""
    rules = [
        {
            "indicator_id": one.id,
            "version": one.version,
            "unit": one.unit,
            "decimals": one.decimals,
            "direction": one.direction,
            "factor": float(one.factor),
            "is_ratio": one.is_ratio,
        }
        for one in definitions
    ]
    by_id = {one.id: one for one in definitions}
    aims = [
        aim
        for indicator_id, definition in by_id.items()
        for aim in _aims(definition, targets.get(indicator_id, NO_TARGET))
    ]
    _store(connection, "rule", pa.Table.from_pylist(rules, schema=_RULE))
    _store(connection, "aim", pa.Table.from_pylist(aims, schema=_AIM))


def _aims(definition: Definition, target: Target) -> list[dict[str, Any]]:
    grains = target.periods
    if definition.adds_up_over_time and "periods" not in target.model_fields_set:
        grains = ("year",)
    general = {
        "indicator_id": definition.id,
        "dimension": EVERYWHERE,
        "member": EVERYWHERE,
        "grains": grains,
        "target": target.target,
        "tolerance": target.tolerance,
        "baseline": target.baseline,
        "baseline_period": target.baseline_period,
    }
    return [
        general,
        *({"indicator_id": definition.id, "grains": grains, **one.model_dump()} for one in target.exceptions),
    ]


def _store(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("rows_given", table)
    connection.execute(f"create or replace temp table {name} as from rows_given")
    connection.unregister("rows_given")
