-- grain: one row per course
select
  course_id, title, subject, modality, mandatory, validity as validity_months, released_on, event_id
from staging.reference_course_registered_v1
qualify row_number() over (partition by course_id order by occurred_at desc, event_id desc) = 1
