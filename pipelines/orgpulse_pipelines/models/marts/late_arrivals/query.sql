-- grain: one row per source system, type of event and month
with contract as (
  select distinct contract, event_type, system from core.dim_contract_field
),
event as (
  select contract, occurred_at, coalesce(received_at, arrived_at) as received_at, split_part(origin, '@', 1) as place
  from core.event_lineage
),
followed as (
  select
    contract,
    occurred_at,
    received_at,
    min(received_at) over source as connected_at,
    max(occurred_at) over (
      source order by received_at, occurred_at rows between unbounded preceding and 1 preceding
    ) as sent_before
  from event
  window source as (partition by split_part(place, '/', 1))
),
delayed as (
  select
    contract,
    occurred_at,
    case
      when occurred_at < connected_at then least(greatest(sent_before, occurred_at), received_at)
      else received_at
    end as came_at
  from followed
)
select
  contract.system,
  contract.event_type,
  date_trunc('month', delayed.occurred_at)::date as month,
  count(*) as events,
  count(*) filter (where came_at > occurred_at + interval 14 day) as late,
  median(greatest(epoch(came_at) - epoch(occurred_at), 0) / 3600)::decimal(18, 1) as median_delay,
  quantile_cont(greatest(epoch(came_at) - epoch(occurred_at), 0) / 3600, 0.95)::decimal(18, 1) as p95_delay
from delayed
join contract on contract.contract = delayed.contract
group by all
