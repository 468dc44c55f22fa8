-- grain: one row per processing activity and span in which its registration and its assessment hold
with assessment as (
  select activity_id, technology, completed_on, event_id
  from core.fact_impact_assessment
  qualify row_number() over (partition by activity_id, technology order by completed_on, event_id) = 1
),
activity as (
  select
    activity.activity_id, activity.unit_id, activity.data_subjects, activity.data_category,
    activity.technology, activity.recipients_outside,
    activity.purpose is not null
    and activity.data_subjects is not null
    and activity.data_category is not null
    and activity.recipients_inside is not null
    and activity.recipients_outside is not null
    and activity.retention is not null
    and (not activity.recipients_outside or activity.transfer_agreement) as complete,
    activity.valid_from, activity.valid_to,
    -- the day in the span from which on the technology is assessed; its end if it is not
    least(
      greatest(coalesce(assessment.completed_on, activity.valid_to), activity.valid_from), activity.valid_to
    ) as assessed_on,
    assessment.event_id as assessment_event_id, activity.event_id
  from core.dim_processing_activity as activity
  left join assessment using (activity_id, technology)
)
select
  activity_id, unit_id, data_subjects, data_category, technology, recipients_outside, complete,
  false as assessed, valid_from, assessed_on as valid_to, event_id, null as assessment_event_id
from activity
where valid_from < assessed_on
union all
select
  activity_id, unit_id, data_subjects, data_category, technology, recipients_outside, complete,
  true, assessed_on, valid_to, event_id, assessment_event_id
from activity
where assessed_on < valid_to
