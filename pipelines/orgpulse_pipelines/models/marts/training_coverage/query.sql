-- grain: one row per person in service at the end of a reporting period, subject and modality learnt
with learning as (
  select person_id, subject, modality, completed_on as learned_on, valid_to, event_id
  from core.fact_completion
  where subject is not null
  union all
  select person_id, subject, modality, attended_on, valid_to, event_id
  from core.fact_attendance
  where subject is not null
)
select
  workforce.period_start, workforce.period_end, workforce.person_id,
  workforce.unit_id, workforce.manager, workforce.contract_type,
  learning.subject, learning.modality,
  max_by(learning.learned_on, (learning.valid_to, learning.learned_on, learning.event_id)) as learned_on,
  max(learning.valid_to) as valid_to,
  max(learning.valid_to) > workforce.period_end as valid,
  max_by(learning.event_id, (learning.valid_to, learning.learned_on, learning.event_id)) as event_id
from marts.workforce_year_end as workforce
join learning
  on learning.person_id = workforce.person_id and learning.learned_on <= workforce.period_end
group by
  workforce.period_start, workforce.period_end, workforce.person_id, workforce.unit_id, workforce.manager,
  workforce.contract_type, learning.subject, learning.modality
