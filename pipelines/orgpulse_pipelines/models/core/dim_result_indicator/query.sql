-- grain: one row per result indicator and span in which its definition holds
with defined as (
  select *, occurred_at::date as defined_on
  from staging.results_result_indicator_defined_v1
  qualify row_number() over (
    partition by indicator_id, occurred_at::date order by occurred_at desc, event_id desc
  ) = 1
)
select
  indicator_id, framework_id, direction, baseline, target, target_on,
  if(row_number() over history = 1, date '0001-01-01', defined_on) as valid_from,
  lead(defined_on, 1, date '9999-12-31') over history as valid_to,
  lead(defined_on) over history is null as is_current,
  event_id
from defined
window history as (partition by indicator_id order by defined_on)
