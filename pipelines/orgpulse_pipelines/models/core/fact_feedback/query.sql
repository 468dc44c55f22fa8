-- grain: one row per questionnaire
with feedback as (
  select *
  from staging.training_feedback_given_v1
  qualify row_number() over (partition by feedback_id order by occurred_at desc, event_id desc) = 1
)
select
  feedback.event_id, feedback.feedback_id, feedback.course_id, course.subject,
  feedback.rating, feedback.rating >= 4 as favourable, feedback.given_on
from feedback
left join core.dim_course as course using (course_id)
