-- grain: one row per incident
with opened as (
  select *
  from staging.ict_incident_opened_v1
  qualify row_number() over (partition by incident_id order by occurred_at desc, event_id desc) = 1
),
restored as (
  select *
  from staging.ict_incident_restored_v1
  qualify row_number() over (partition by incident_id order by occurred_at desc, event_id desc) = 1
),
closed as (
  select *
  from staging.ict_incident_closed_v1
  qualify row_number() over (partition by incident_id order by occurred_at desc, event_id desc) = 1
)
select
  incident_id, opened.service_id, opened.priority, opened.opened_at, opened.restore_due_at,
  restored.restored_at,
  coalesce(restored.restored_at <= opened.restore_due_at, false) as on_time,
  date_diff('second', opened.opened_at, restored.restored_at) / 3600 as hours_to_restore,
  closed.closed_at,
  coalesce(opened.event_id, restored.event_id, closed.event_id) as event_id,
  restored.event_id as restoration_event_id
from opened
full join restored using (incident_id)
full join closed using (incident_id)
