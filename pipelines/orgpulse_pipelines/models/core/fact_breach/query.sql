-- grain: one row per breach
with detected as (
  select *
  from staging.protection_breach_detected_v1
  qualify row_number() over (partition by breach_id order by occurred_at desc, event_id desc) = 1
),
notified as (
  select *
  from staging.protection_breach_notified_v1
  qualify row_number() over (partition by breach_id order by occurred_at desc, event_id desc) = 1
),
closed as (
  select *
  from staging.protection_breach_closed_v1
  qualify row_number() over (partition by breach_id order by occurred_at desc, event_id desc) = 1
)
select
  breach_id, detected.unit_id, detected.severity,
  detected.detected_at, detected.detected_at + interval 72 hours as due_at,
  notified.notified_at,
  coalesce(notified.notified_at <= detected.detected_at + interval 72 hours, false) as on_time,
  closed.closed_on, closed.closed_on - detected.detected_at::date as days_to_close,
  coalesce(detected.event_id, notified.event_id, closed.event_id) as event_id,
  notified.event_id as notification_event_id,
  closed.event_id as closure_event_id
from detected
full join notified using (breach_id)
full join closed using (breach_id)
