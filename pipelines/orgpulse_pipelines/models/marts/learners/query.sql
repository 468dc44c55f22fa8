-- grain: one row per person, subject and modality learnt
select person_id, subject, modality, learned_on as first_learned_on, language, unit_id, event_id
from marts.learning
qualify row_number() over (
  partition by person_id, subject, modality order by learned_on, event_id
) = 1
