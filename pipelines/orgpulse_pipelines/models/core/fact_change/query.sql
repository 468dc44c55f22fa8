-- grain: one row per change
select
  event_id, change_id, service_id, failed, deployed_at
from staging.ict_change_deployed_v1
qualify row_number() over (partition by change_id order by occurred_at desc, event_id desc) = 1
