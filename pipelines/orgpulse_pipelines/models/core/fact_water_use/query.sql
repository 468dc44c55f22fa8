-- grain: one row per facility and year
select
  event_id, facility_id, year, water
from staging.environment_water_use_reported_v1
qualify row_number() over (partition by facility_id, year order by occurred_at desc, event_id desc) = 1
