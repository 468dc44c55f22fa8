-- grain: one row per reported flow
select
  reporting_org_id, reporting_org_name, reporting_org_type, provider_org_name, receiver_org_name,
  humanitarian, strict, direction, amount_usd, event_id
from staging.finance_flow_reported_v1
