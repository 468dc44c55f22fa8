-- grain: one row per completion or attendance
select
  event_id, person_id, 'staff' as audience, subject, modality, language,
  null as unit_id, completed_on as learned_on, valid_to
from core.fact_completion
where subject is not null
union all
select
  event_id, person_id, 'staff', subject, modality, language, unit_id, attended_on, valid_to
from core.fact_attendance
where subject is not null
union all
select
  event_id, person_id, audience, 'psea', 'face_to_face', language, unit_id, attended_on, valid_to
from core.fact_psea_attendance
