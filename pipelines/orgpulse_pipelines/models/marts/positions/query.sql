-- grain: one row per position and span in which it is filled or vacant
with change as (
  select position_id, created_on as day, 0 as incumbents
  from core.dim_position
  union all
  select position.position_id, greatest(service.valid_from, position.created_on), 1
  from marts.service as service
  join core.dim_position as position using (position_id)
  where service.valid_to > position.created_on
  union all
  select position.position_id, service.valid_to, -1
  from marts.service as service
  join core.dim_position as position using (position_id)
  where service.valid_to > position.created_on
),
daily as (
  select position_id, day, sum(incumbents) as entered
  from change
  group by all
),
state as (
  select position_id, day, sum(entered) over (partition by position_id order by day) > 0 as filled
  from daily
),
turn as (
  select *
  from state
  where day < date '9999-12-31'
  qualify filled is distinct from lag(filled) over (partition by position_id order by day)
)
select
  turn.position_id,
  turn.day as valid_from,
  lead(turn.day, 1, date '9999-12-31') over (partition by turn.position_id order by turn.day) as valid_to,
  turn.filled, position.unit_id, position.grade_group, position.event_id
from turn
join core.dim_position as position using (position_id)
