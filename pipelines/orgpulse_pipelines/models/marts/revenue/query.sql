-- grain: one row per contribution
select
  year(received_on) as year, contribution_id, donor_id, donor_type, revenue_type, amount_usd, received_on,
  event_id
from core.fact_contribution
