-- grain: one row per person, training and language
with learned as (
  select
    personnel_id as person_id, 'evaluator' as training, language, trained_on as learned_on, occurred_at,
    event_id
  from staging.evaluation_evaluator_trained_v1
  union all
  select personnel_id, 'e_learning', language, completed_on, occurred_at, event_id
  from staging.evaluation_elearning_completed_v1
)
select person_id, training, language, learned_on, event_id
from learned
qualify row_number() over (
  partition by person_id, training, language order by learned_on, occurred_at, event_id
) = 1
