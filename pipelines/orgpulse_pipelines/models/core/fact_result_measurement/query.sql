-- grain: one row per result indicator and day measured
select indicator_id, measured_on, value, event_id
from staging.results_measurement_reported_v1
qualify row_number() over (
  partition by indicator_id, measured_on order by occurred_at desc, event_id desc
) = 1
