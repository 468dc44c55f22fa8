-- grain: one row per answer
select
  event_id, answer_id, service_id, rating, rating >= 4 as favourable, answered_on
from staging.ict_satisfaction_answered_v1
qualify row_number() over (partition by answer_id order by occurred_at desc, event_id desc) = 1
