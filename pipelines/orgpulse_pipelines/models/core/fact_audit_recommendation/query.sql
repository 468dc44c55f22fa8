-- grain: one row per audit recommendation
with closure as (
  select recommendation_id, closed_on
  from staging.finance_audit_recommendation_closed_v1
  qualify row_number() over (partition by recommendation_id order by occurred_at desc, event_id desc) = 1
),
issue as (
  select event_id, recommendation_id, unit_id, priority, issued_on, due_on
  from staging.finance_audit_recommendation_issued_v1
  qualify row_number() over (partition by recommendation_id order by occurred_at desc, event_id desc) = 1
)
select
  issue.event_id, recommendation_id, issue.unit_id, issue.priority, issue.issued_on, issue.due_on,
  closure.closed_on,
  coalesce(closure.closed_on <= issue.due_on, false) as on_time
from issue
left join closure using (recommendation_id)
