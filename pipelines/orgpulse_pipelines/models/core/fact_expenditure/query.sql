-- grain: one row per ledger line
select
  event_id, posting_id, project_id, unit_id, sector, amount_usd, posted_on
from staging.finance_expenditure_posted_v1
qualify row_number() over (partition by posting_id order by occurred_at desc, event_id desc) = 1
