-- grain: one row per training
select training_id, audience, participants, held_on, event_id
from staging.knowledge_governance_training_held_v1
qualify row_number() over (partition by training_id order by occurred_at desc, event_id desc) = 1
