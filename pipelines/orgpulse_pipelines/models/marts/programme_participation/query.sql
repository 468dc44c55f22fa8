-- grain: one row per person and talent programme
with step as (
  select participation.event_id, min(history.valid_from) as taken_on
  from core.fact_programme_participation as participation
  join core.person_history as history
    on history.person_id = participation.person_id and history.valid_from > participation.completed_on
  group by all
)
select
  participation.event_id, participation.person_id, participation.programme,
  participation.enrolled_on, participation.completed_on,
  -- without a row on the programme's side, the next step of the career is the placement
  least(participation.placed_on, step.taken_on) as placed_on,
  service.unit_id, service.gender
from core.fact_programme_participation as participation
left join step using (event_id)
left join marts.service as service
  on service.person_id = participation.person_id
  and service.valid_from <= participation.enrolled_on and participation.enrolled_on < service.valid_to
