-- grain: one row per milestone of the HR strategy
select
  event_id, milestone_id, title, due_on, reached_on
from staging.hr_strategy_milestone_reached_v1
qualify row_number() over (partition by milestone_id order by occurred_at desc, event_id desc) = 1
