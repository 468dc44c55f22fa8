-- grain: one row per project with a results monitoring framework
select event_id, project_id, submitted_on
from staging.evaluation_monitoring_framework_submitted_v1
qualify row_number() over (
  partition by project_id order by submitted_on, occurred_at desc, event_id desc
) = 1
