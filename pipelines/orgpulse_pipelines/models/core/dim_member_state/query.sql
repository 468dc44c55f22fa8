-- grain: one row per Member State
select country, name, region, member_since, event_id
from staging.reference_member_state_registered_v1
qualify row_number() over (partition by country order by occurred_at desc, event_id desc) = 1
