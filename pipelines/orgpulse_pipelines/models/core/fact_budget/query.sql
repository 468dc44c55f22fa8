-- grain: one row per kind of budget and year
select event_id, budget_id, kind, year, amount_usd, approved_on
from staging.finance_budget_approved_v1
qualify row_number() over (
  partition by kind, year order by approved_on desc, occurred_at desc, event_id desc
) = 1
