-- grain: one row per impact assessment
select
  event_id, assessment_id, activity_id, technology, completed_on
from staging.protection_impact_assessment_completed_v1
qualify row_number() over (partition by assessment_id order by occurred_at desc, event_id desc) = 1
