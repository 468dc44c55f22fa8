-- grain: one row per candidate, profile and day of the assessment
select
  event_id, candidate_id, profile, assessed_on, passed
from staging.hr_candidate_assessed_v1
qualify row_number() over (
  partition by candidate_id, profile, assessed_on order by occurred_at desc, event_id desc
) = 1
