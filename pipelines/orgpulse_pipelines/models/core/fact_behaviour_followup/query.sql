-- grain: one row per questionnaire
with answer as (
  select *
  from staging.training_behaviour_followup_answered_v1
  qualify row_number() over (partition by followup_id order by occurred_at desc, event_id desc) = 1
)
select
  answer.event_id, answer.followup_id, answer.course_id, course.subject, answer.changed, answer.answered_on
from answer
left join core.dim_course as course using (course_id)
