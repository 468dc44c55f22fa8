-- grain: one row per person, subject, modality and span in which a training is valid or has expired
with occasion as (
  select
    person_id, subject, modality, learned_on, valid_to, event_id,
    max(valid_to) over (
      career rows between unbounded preceding and 1 preceding
    ) as covered_before,
    max(valid_to) over (career rows between unbounded preceding and current row) as covered_to,
    lead(learned_on, 1, date '9999-12-31') over career as next_learned_on
  from marts.learning
  window career as (partition by person_id, subject, modality order by learned_on, valid_to, event_id)
),
span as (
  -- a training taken again in time adds only the days that the earlier ones do not cover
  select
    person_id, subject, modality,
    greatest(learned_on, coalesce(covered_before, learned_on)) as valid_from, valid_to,
    true as valid, event_id
  from occasion
  union all
  select person_id, subject, modality, covered_to, next_learned_on, false, event_id
  from occasion
)
select person_id, subject, modality, valid_from, valid_to, valid, event_id
from span
where valid_from < valid_to
