-- grain: one row per initiative
with planned as (
  select *
  from staging.ict_initiative_planned_v1
  qualify row_number() over (partition by initiative_id order by occurred_at desc, event_id desc) = 1
),
delivered as (
  select *
  from staging.ict_initiative_delivered_v1
  qualify row_number() over (partition by initiative_id order by occurred_at desc, event_id desc) = 1
)
select
  initiative_id, planned.title, planned.objective, planned.technology, planned.budget_usd,
  planned.start_on, planned.due_on,
  delivered.delivered_on, delivered.cost_usd,
  coalesce(delivered.delivered_on <= planned.due_on, false) as on_time,
  coalesce(delivered.cost_usd <= planned.budget_usd, false) as on_budget,
  coalesce(planned.event_id, delivered.event_id) as event_id,
  delivered.event_id as delivery_event_id
from planned
full join delivered using (initiative_id)
