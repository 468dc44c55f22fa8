-- grain: one row per person, office and role
with designation as (
  select event_id, occurred_at, personnel_id, unit_id, role, designated_on, trained_on
  from staging.training_focal_point_designated_v1
  union all
  -- of these the training alone is told
  select event_id, occurred_at, personnel_id, unit_id, 'respectful_workplace', trained_on, trained_on
  from staging.conduct_respect_focal_point_trained_v1
)
select
  event_id, personnel_id as person_id, unit_id, role, designated_on, trained_on
from designation
qualify row_number() over (
  partition by person_id, unit_id, role order by occurred_at desc, event_id desc
) = 1
