-- grain: one row per report
with due as (
  select event_id, report_id, project_id, due_on
  from staging.finance_donor_report_due_v1
  qualify row_number() over (partition by report_id order by occurred_at desc, event_id desc) = 1
),
submission as (
  select event_id, report_id, project_id, due_on, submitted_on
  from staging.finance_donor_report_submitted_v1
  qualify row_number() over (partition by report_id order by occurred_at desc, event_id desc) = 1
),
report as (
  select
    report_id,
    coalesce(submission.event_id, due.event_id) as event_id,
    coalesce(due.project_id, submission.project_id) as project_id,
    coalesce(due.due_on, submission.due_on) as due_on,
    submission.submitted_on
  from due
  full join submission using (report_id)
)
select
  event_id, report_id, project_id, due_on, submitted_on,
  coalesce(submitted_on <= due_on, false) as on_time
from report
