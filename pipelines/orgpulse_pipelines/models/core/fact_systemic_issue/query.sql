-- grain: one row per issue
select
  event_id, issue_id, theme, raised_on
from staging.conduct_systemic_issue_raised_v1
qualify row_number() over (partition by issue_id order by occurred_at desc, event_id desc) = 1
