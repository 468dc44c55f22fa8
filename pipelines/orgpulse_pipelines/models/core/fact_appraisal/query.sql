-- grain: one row per person and performance cycle
select
  event_id, personnel_id as person_id, cycle, due_on, completed_on, completed_on <= due_on as on_time,
  multi_rater, corporate_goal <> 'none' as aligned_to_corporate_goal
from staging.hr_appraisal_completed_v2
qualify row_number() over (partition by person_id, cycle order by occurred_at desc, event_id desc) = 1
