-- grain: one row per milestone of an initiative
select
  event_id, milestone_id, initiative_id, due_on, met_on
from staging.ict_milestone_met_v1
qualify row_number() over (partition by milestone_id order by occurred_at desc, event_id desc) = 1
