-- grain: one row per project and day of assessment
select
  event_id, project_id, risk, mitigation_planned, assessed_on
from staging.environment_project_marker_assessed_v1
qualify row_number() over (
  partition by project_id, assessed_on order by occurred_at desc, event_id desc
) = 1
