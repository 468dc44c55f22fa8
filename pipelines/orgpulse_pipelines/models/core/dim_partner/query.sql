-- grain: one row per implementing partner
select
  partner_id, name, unit_id, event_id
from staging.training_partner_registered_v1
qualify row_number() over (partition by partner_id order by occurred_at desc, event_id desc) = 1
