-- grain: one row per measure
select
  event_id, measure_id, facility_id, measure, adopted_on
from staging.environment_facility_measure_adopted_v1
qualify row_number() over (partition by measure_id order by occurred_at desc, event_id desc) = 1
