-- grain: one row per candidate and position to which the candidate was deployed
select
  event_id, candidate_id, position_id, profile, requested_on, deployed_on
from staging.hr_candidate_deployed_v1
qualify row_number() over (
  partition by candidate_id, position_id order by occurred_at desc, event_id desc
) = 1
