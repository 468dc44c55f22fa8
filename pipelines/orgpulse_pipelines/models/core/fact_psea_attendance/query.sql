-- grain: one row per session and person who attended it
with attendance as (
  select *, coalesce(personnel_id, partner_person_id) as person_id
  from staging.training_psea_attendance_recorded_v1
  qualify row_number() over (
    partition by session_id, person_id order by occurred_at desc, event_id desc
  ) = 1
),
course as (
  -- sessions of this system name no course: they teach the one that is in the catalogue for the subject
  select validity_months
  from core.dim_course
  where subject = 'psea'
  qualify row_number() over (order by released_on desc, course_id desc) = 1
)
select
  attendance.event_id, attendance.session_id, attendance.person_id,
  if(attendance.personnel_id is null, 'implementing_partners', 'staff') as audience,
  attendance.attended_on, session.unit_id, session.language,
  coalesce(
    attendance.attended_on + to_months(course.validity_months::integer), date '9999-12-31'
  )::date as valid_to
from attendance
left join core.fact_psea_session as session using (session_id)
left join course on true
