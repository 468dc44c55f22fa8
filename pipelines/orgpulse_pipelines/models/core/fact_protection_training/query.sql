-- grain: one row per training
select
  event_id, training_id, unit_id, modality, participants, held_on
from staging.protection_training_held_v1
qualify row_number() over (partition by training_id order by occurred_at desc, event_id desc) = 1
