-- grain: one row per project and day of review
select
  event_id, project_id, mitigation_effective, reviewed_on
from staging.environment_project_marker_reviewed_v1
qualify row_number() over (partition by project_id, reviewed_on order by occurred_at desc, event_id desc) = 1
