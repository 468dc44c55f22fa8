-- grain: one row per person, subject and modality learnt
with learning as (
  select person_id, subject, modality, completed_on as learned_on, null as unit_id, event_id
  from core.fact_completion
  where subject is not null
  union all
  select person_id, subject, modality, attended_on, unit_id, event_id
  from core.fact_attendance
  where subject is not null
)
select person_id, subject, modality, learned_on as first_learned_on, unit_id, event_id
from learning
qualify row_number() over (
  partition by person_id, subject, modality order by learned_on, event_id
) = 1
