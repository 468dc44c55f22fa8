-- grain: one row per request
with requested as (
  select *
  from staging.knowledge_policy_support_requested_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
),
delivered as (
  select *
  from staging.knowledge_policy_support_delivered_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
)
select
  requested.request_id, requested.unit_id, requested.theme, requested.requested_on, requested.due_on,
  delivered.delivered_on, delivered.event_id as delivery_event_id, requested.event_id
from requested
left join delivered using (request_id)
