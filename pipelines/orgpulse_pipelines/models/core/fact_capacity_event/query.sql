-- grain: one row per capacity-building event
select capacity_event_id, unit_id, participants, held_on, event_id
from staging.results_capacity_event_held_v1
qualify row_number() over (
  partition by capacity_event_id order by occurred_at desc, event_id desc
) = 1
