-- grain: one row per session
select
  event_id, session_id, course_id, unit_id, held_on, language
from staging.training_session_held_v1
qualify row_number() over (partition by session_id order by occurred_at desc, event_id desc) = 1
