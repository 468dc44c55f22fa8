-- grain: one row per session
select
  event_id, session_id, unit_id, language
from staging.training_psea_session_held_v1
qualify row_number() over (partition by session_id order by occurred_at desc, event_id desc) = 1
