-- grain: one row per year, type and sub-type of revenue
select
  year, revenue_type, sub_type, sub_type_name, amount_usd, event_id
from staging.finance_revenue_reported_v1
qualify row_number() over (
  partition by year, revenue_type, sub_type order by occurred_at desc, event_id desc
) = 1
