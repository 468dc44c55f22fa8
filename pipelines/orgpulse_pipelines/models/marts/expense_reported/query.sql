-- grain: one row per reported line of expenses
select year, sector_name, amount_usd, event_id
from staging.finance_expense_reported_v1
