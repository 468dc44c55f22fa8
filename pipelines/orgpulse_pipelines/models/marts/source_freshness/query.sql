-- grain: one row per source system and type of event
with day as (
  select contract.system, contract.event_type, lineage.occurred_at::date as day, max(lineage.arrived_at) as arrived_at
  from core.event_lineage as lineage
  join (select distinct contract, event_type, system from core.dim_contract_field) as contract
    on contract.contract = lineage.contract
  group by all
),
spaced as (
  select *, day - lag(day) over (partition by system, event_type order by day) as gap from day
),
today as (
  select least(max(day), max(arrived_at)::date) as day from day
),
contract as (
  select system, event_type, max(day) as newest_day, max(arrived_at) as newest_arrival, count(*) as days,
    max(gap) as longest_gap
  from spaced
  group by all
)
select
  contract.system,
  contract.event_type,
  contract.newest_day,
  contract.newest_arrival,
  greatest(today.day - contract.newest_day, 0) as silent_days,
  contract.longest_gap,
  case
    when contract.days < 10 then 'unknown'
    when today.day - contract.newest_day > contract.longest_gap then 'silent'
    else 'usual'
  end as status
from contract
cross join today
