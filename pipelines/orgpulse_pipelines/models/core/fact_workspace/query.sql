-- grain: one row per office and day of a move
select
  event_id, unit_id, workplaces, workplaces_total, digitised_on
from staging.ict_workspace_digitised_v1
qualify row_number() over (partition by unit_id, digitised_on order by occurred_at desc, event_id desc) = 1
