-- grain: one row per certificate
select
  event_id, offset_id, year, greenhouse_gas, retired_on
from staging.environment_offset_retired_v1
qualify row_number() over (partition by offset_id order by occurred_at desc, event_id desc) = 1
