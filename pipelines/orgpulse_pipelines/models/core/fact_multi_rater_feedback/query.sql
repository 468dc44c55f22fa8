-- grain: one row per feedback that somebody gave on a person
select
  event_id, feedback_id, personnel_id as person_id, cycle, rater, given_on
from staging.hr_multi_rater_feedback_given_v1
qualify row_number() over (partition by feedback_id order by occurred_at desc, event_id desc) = 1
