-- grain: one row per session and person who attended it
with attendance as (
  select *
  from staging.training_attendance_recorded_v1
  qualify row_number() over (
    partition by session_id, personnel_id order by occurred_at desc, event_id desc
  ) = 1
)
select
  attendance.event_id, attendance.session_id, attendance.personnel_id as person_id, attendance.attended_on,
  session.course_id, course.subject, course.modality, session.unit_id, session.language,
  coalesce(
    attendance.attended_on + to_months(course.validity_months::integer), date '9999-12-31'
  )::date as valid_to
from attendance
left join core.fact_session as session using (session_id)
left join core.dim_course as course using (course_id)
