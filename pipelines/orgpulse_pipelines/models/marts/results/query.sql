-- grain: one row per result indicator whose framework is on record
with due as (
  select
    definition.indicator_id,
    max(measurement.measured_on) as measured_on,
    max_by(measurement.value, measurement.measured_on) as value,
    max_by(measurement.event_id, measurement.measured_on) as measurement_event_id
  from core.dim_result_indicator as definition
  join core.fact_result_measurement as measurement
    on measurement.indicator_id = definition.indicator_id
    and measurement.measured_on <= definition.target_on
  where definition.is_current
  group by definition.indicator_id
),
linked as (
  select
    indicator_id, min(linked_on) as linked_on,
    min_by(event_id, (linked_on, event_id)) as link_event_id
  from core.fact_result_link
  group by indicator_id
)
select
  definition.indicator_id, framework.level, framework.unit_id,
  framework.valid_from, framework.valid_to, definition.target_on,
  coalesce(
    if(definition.direction = 'higher', due.value >= definition.target, due.value <= definition.target), false
  ) as target_reached,
  due.measurement_event_id, linked.linked_on, linked.link_event_id, definition.event_id
from core.dim_result_indicator as definition
join core.fact_results_framework as framework using (framework_id)
left join due using (indicator_id)
left join linked using (indicator_id)
where definition.is_current
