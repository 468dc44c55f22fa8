-- grain: one row per request
with received as (
  select *
  from staging.protection_subject_request_received_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
),
answered as (
  select *
  from staging.protection_subject_request_answered_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
)
select
  request_id, received.kind, received.unit_id, received.received_on,
  received.received_on + 30 as due_on,
  answered.answered_on,
  coalesce(answered.answered_on <= received.received_on + 30, false) as on_time,
  coalesce(received.event_id, answered.event_id) as event_id,
  answered.event_id as answer_event_id
from received
full join answered using (request_id)
