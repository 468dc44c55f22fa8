-- grain: one row per workshop or webinar
select
  event_id, workshop_id, modality, region, language, participants, held_on
from staging.conduct_workshop_held_v1
qualify row_number() over (partition by workshop_id order by occurred_at desc, event_id desc) = 1
