-- grain: one row per person, office and role
select
  event_id, personnel_id as person_id, unit_id, role, designated_on, trained_on
from staging.training_focal_point_designated_v1
qualify row_number() over (
  partition by person_id, unit_id, role order by occurred_at desc, event_id desc
) = 1
