-- grain: one row per pledge
select event_id, pledge_id, donor_id, revenue_type, amount_usd, pledged_on
from staging.finance_contribution_pledged_v1
qualify row_number() over (partition by pledge_id order by occurred_at desc, event_id desc) = 1
