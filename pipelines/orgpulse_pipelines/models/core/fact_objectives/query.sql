-- grain: one row per person and performance cycle
select
  event_id, personnel_id as person_id, cycle, set_on, corporate_goal
from staging.hr_objectives_set_v1
qualify row_number() over (partition by person_id, cycle order by occurred_at desc, event_id desc) = 1
