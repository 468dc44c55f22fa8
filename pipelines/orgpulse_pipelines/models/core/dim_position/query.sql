-- grain: one row per position
select
  position_id, unit_id, grade, created_on, event_id
from staging.hr_position_created_v1
qualify row_number() over (partition by position_id order by occurred_at desc, event_id desc) = 1
