-- grain: one row per completion
select
  completion.event_id, completion.personnel_id as person_id, completion.course_id,
  course.subject, course.modality, completion.completed_on,
  coalesce(
    completion.completed_on + to_months(course.validity_months::integer), date '9999-12-31'
  )::date as valid_to,
  completion.language
from staging.training_completion_recorded_v1 as completion
left join core.dim_course as course using (course_id)
