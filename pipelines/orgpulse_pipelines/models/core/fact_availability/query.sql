-- grain: one row per service and day
select
  event_id, service_id, day, availability
from staging.ict_availability_sampled_v1
qualify row_number() over (partition by service_id, day order by occurred_at desc, event_id desc) = 1
