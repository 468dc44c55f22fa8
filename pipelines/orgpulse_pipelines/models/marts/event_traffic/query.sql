-- grain: one row per contract, day of occurrence and day of arrival
with contract as (
  select distinct contract, family, system from core.dim_contract_field
),
event as (
  select
    contract, event_id, occurred_at::date as occurred_on,
    coalesce(received_at, arrived_at)::date as received_on,
    -- exact, so that the sum does not depend on the order of the rows
    (date_diff('millisecond', received_at, arrived_at) / 1000)::decimal(18, 3) as delay
  from core.event_lineage
)
select
  event.contract, contract.family, contract.system, event.occurred_on, event.received_on,
  count(*) as events,
  count(event.delay) as timed_events,
  sum(event.delay) as delay,
  min(event.event_id) as event_id
from event
left join contract using (contract)
group by all
