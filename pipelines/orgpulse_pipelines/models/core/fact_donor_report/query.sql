-- grain: one row per report
select
  event_id, report_id, project_id, due_on, submitted_on, submitted_on <= due_on as on_time
from staging.finance_donor_report_submitted_v1
qualify row_number() over (partition by report_id order by occurred_at desc, event_id desc) = 1
