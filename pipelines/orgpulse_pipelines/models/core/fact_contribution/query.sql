-- grain: one row per contribution
select
  event_id, contribution_id, donor_id, donor_type, revenue_type, amount, currency, amount_usd, received_on
from staging.finance_contribution_received_v1
qualify row_number() over (partition by contribution_id order by occurred_at desc, event_id desc) = 1
