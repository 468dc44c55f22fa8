-- grain: one row per process
select
  event_id, process_id, domain, digitised_on
from staging.ict_process_digitised_v1
qualify row_number() over (partition by process_id order by occurred_at desc, event_id desc) = 1
