-- grain: one row per partnership
select event_id, partnership_id, partner_kind, concluded_on
from staging.finance_partnership_concluded_v1
qualify row_number() over (partition by partnership_id order by occurred_at desc, event_id desc) = 1
