-- grain: one row per position and reporting period at whose end it existed
with held as (
  select distinct period_start, position_id
  from marts.workforce_year_end
  where position_id is not null
)
select
  period.period_start, period.period_end,
  position.position_id, position.unit_id, position.grade,
  held.position_id is not null as filled,
  position.event_id
from core.dim_period as period
join core.dim_position as position on position.created_on <= period.period_end
left join held on held.period_start = period.period_start and held.position_id = position.position_id
