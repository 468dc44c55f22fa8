-- grain: one row per donor
select donor_id, kind as donor_type, country, event_id
from staging.reference_donor_registered_v1
qualify row_number() over (partition by donor_id order by occurred_at desc, event_id desc) = 1
