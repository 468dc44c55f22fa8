-- grain: one row per source system, type of event and month
with contract as (
  select distinct contract, event_type, system
  from core.dim_contract_field
  where family <> 'control'
),
arrived as (
  select contract.system, contract.event_type, lineage.occurred_at::date as day, count(*) as kept,
    0 as duplicates, 0 as rejected
  from core.event_lineage as lineage
  join contract on contract.contract = lineage.contract
  group by all
  union all
  select repeated.system, repeated.event_type, repeated.day, 0, count(*), 0
  from core.repeated_event as repeated
  semi join contract on contract.event_type = repeated.event_type
  group by all
  union all
  select system, coalesce(contract, 'unknown'), day, 0, 0, count(*)
  from core.rejected_event
  where family <> 'control'
  group by all
),
of_day as (
  select system, event_type, day, sum(kept) as kept, sum(duplicates) as duplicates, sum(rejected) as rejected
  from arrived
  group by all
),
counted_until as (
  select system, max(day) as day from core.fact_event_count group by system
),
compared as (
  select
    coalesce(of_day.system, counted.system) as system,
    coalesce(of_day.event_type, counted.event_type) as event_type,
    coalesce(of_day.day, counted.day) as day,
    coalesce(of_day.kept, 0) as kept,
    coalesce(of_day.duplicates, 0) as duplicates,
    coalesce(of_day.rejected, 0) as rejected,
    counted.events as reported
  from of_day
  full join core.fact_event_count as counted
    on counted.system = of_day.system and counted.event_type = of_day.event_type and counted.day = of_day.day
),
added_up as (
  select
    compared.system,
    event_type,
    date_trunc('month', compared.day)::date as month,
    sum(kept)::bigint as kept,
    sum(duplicates)::bigint as duplicates,
    sum(rejected)::bigint as rejected,
    sum(reported)::bigint as reported,
    sum(greatest(reported - kept, 0)) filter (where reported is not null)::bigint as missing,
    sum(greatest(kept - reported, 0)) filter (where reported is not null)::bigint as extra,
    count(*) filter (
      where reported is null and kept > 0 and compared.day <= coalesce(counted_until.day, compared.day)
    ) as unreported_days
  from compared
  left join counted_until on counted_until.system = compared.system
  group by all
)
select
  *,
  case
    when missing > 0 then 'missing'
    when extra > 0 then 'extra'
    when reported is null or unreported_days > 0 then 'unreported'
    else 'complete'
  end as status
from added_up
