-- grain: one row per milestone of the environmental strategy
select
  event_id, milestone_id, title, due_on, reached_on
from staging.environment_milestone_reached_v1
qualify row_number() over (partition by milestone_id order by occurred_at desc, event_id desc) = 1
