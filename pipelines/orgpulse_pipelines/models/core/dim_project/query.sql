-- grain: one row per project
select
  project_id, unit_id, fund, sector, start_date, end_date, event_id
from staging.reference_project_registered_v1
qualify row_number() over (partition by project_id order by occurred_at desc, event_id desc) = 1
