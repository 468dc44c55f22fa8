-- grain: one row per result indicator and span from one measurement to the next within its framework
with measured as (
  select
    indicator_id, measured_on, value, event_id,
    lead(measured_on, 1, date '9999-12-31') over (
      partition by indicator_id order by measured_on
    ) as measured_next_on
  from core.fact_result_measurement
),
compared as (
  select
    measured.*, definition.direction, framework.level, framework.unit_id,
    framework.valid_from as planned_from, framework.valid_to as planned_to,
    definition.baseline, definition.target,
    case
      when measured.measured_on >= definition.target_on then 1
      when measured.measured_on < framework.valid_from then 0
      else (measured.measured_on - framework.valid_from + 1)
        / (definition.target_on - framework.valid_from + 1)
    end as elapsed
  from measured
  join core.dim_result_indicator as definition
    on definition.indicator_id = measured.indicator_id
    and definition.valid_from <= measured.measured_on and measured.measured_on < definition.valid_to
  join core.fact_results_framework as framework using (framework_id)
),
planned as (
  -- as many digits as are measured: a value that lies on the line is not below it
  select *, round(baseline + (target - baseline) * elapsed, 4)::decimal(18, 4) as planned
  from compared
)
select
  indicator_id, level, unit_id, value, planned,
  if(direction = 'higher', value >= planned, value <= planned) as on_target,
  greatest(measured_on, planned_from) as valid_from,
  least(measured_next_on, planned_to) as valid_to,
  event_id
from planned
where greatest(measured_on, planned_from) < least(measured_next_on, planned_to)
