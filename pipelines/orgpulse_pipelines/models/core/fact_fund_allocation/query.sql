-- grain: one row per allocation
select event_id, allocation_id, project_id, country, amount_usd, allocated_on
from staging.finance_fund_allocation_made_v1
qualify row_number() over (partition by allocation_id order by occurred_at desc, event_id desc) = 1
