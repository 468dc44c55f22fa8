-- grain: one row per member state and span in which it is represented among staff or is not
with change as (
  select country, member_since as day, 0 as nationals
  from core.dim_member_state
  union all
  select state.country, greatest(service.valid_from, state.member_since), 1
  from marts.service as service
  join core.dim_member_state as state on state.country = service.nationality
  where service.contract_type = 'staff' and service.valid_to > state.member_since
  union all
  select state.country, service.valid_to, -1
  from marts.service as service
  join core.dim_member_state as state on state.country = service.nationality
  where service.contract_type = 'staff' and service.valid_to > state.member_since
),
daily as (
  select country, day, sum(nationals) as entered
  from change
  group by all
),
serving as (
  select country, day, sum(entered) over (partition by country order by day) > 0 as represented
  from daily
),
turn as (
  select *
  from serving
  where day < date '9999-12-31'
  qualify represented is distinct from lag(represented) over (partition by country order by day)
)
select
  turn.country,
  turn.day as valid_from,
  lead(turn.day, 1, date '9999-12-31') over (partition by turn.country order by turn.day) as valid_to,
  turn.represented, state.region, state.event_id
from turn
join core.dim_member_state as state using (country)
