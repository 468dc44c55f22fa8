-- grain: one row per filling of a position
with filling as (
  select *, max(filled_on) over (
    partition by position_id order by filled_on
    range between unbounded preceding and interval 1 day preceding
  ) as last_filled_on
  from core.fact_filling
),
advertised as (
  -- a position advertised again counts from the first time
  select filling.event_id, min(advertisement.advertised_on) as advertised_on
  from filling
  join core.fact_advertisement as advertisement
    on advertisement.position_id = filling.position_id
    and advertisement.advertised_on <= filling.filled_on
    and advertisement.advertised_on > coalesce(filling.last_filled_on, date '0001-01-01')
  group by all
)
select
  filling.event_id, filling.position_id, filling.person_id, filling.channel, filling.filled_on,
  position.unit_id, position.grade_group,
  filling.filled_on - advertised.advertised_on as days_advertised,
  filling.filled_on - filling.opened_on as days_open
from filling
left join advertised using (event_id)
left join core.dim_position as position using (position_id)
