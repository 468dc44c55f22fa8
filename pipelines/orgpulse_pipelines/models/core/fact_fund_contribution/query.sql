-- grain: one row per contribution to the development fund
select event_id, contribution_id, source, amount_usd, received_on
from staging.finance_fund_contribution_received_v1
qualify row_number() over (partition by contribution_id order by occurred_at desc, event_id desc) = 1
