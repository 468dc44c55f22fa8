-- grain: one row per results framework
select
  framework_id, level, unit_id, project_id, valid_from, valid_to + 1 as valid_to, event_id
from staging.results_framework_approved_v1
qualify row_number() over (partition by framework_id order by occurred_at desc, event_id desc) = 1
