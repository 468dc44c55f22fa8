-- grain: one row per position, day on which it fell open, and person who filled it then
with opening as (
  select position_id, created_on as opened_on from core.dim_position
  union
  select position_id, vacated_on from staging.hr_position_vacated_v1
)
select
  filled.event_id, filled.position_id, opening.opened_on, filled.personnel_id as person_id,
  filled.channel, filled.filled_on
from staging.hr_position_filled_v1 as filled
asof left join opening
  on opening.position_id = filled.position_id and opening.opened_on <= filled.filled_on
qualify row_number() over (
  partition by filled.position_id, opening.opened_on, filled.personnel_id
  order by filled.occurred_at desc, filled.event_id desc
) = 1
