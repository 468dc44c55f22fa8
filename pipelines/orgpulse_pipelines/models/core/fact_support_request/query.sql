-- grain: one row per request
with opened as (
  select *
  from staging.results_support_request_opened_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
),
closed as (
  select *
  from staging.results_support_request_closed_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
)
select
  opened.request_id, opened.unit_id, opened.kind, opened.opened_on, opened.due_on,
  closed.closed_on, closed.event_id as closure_event_id, opened.event_id
from opened
left join closed using (request_id)
