-- grain: one row per request to the development fund
with request as (
  select event_id, request_id, country, region, amount_usd, submitted_on
  from staging.finance_fund_request_submitted_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
),
screening as (
  select request_id, eligible
  from staging.finance_fund_request_screened_v1
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
),
outcome as (
  select request_id, 'approved' as outcome, approved_on as decided_on, occurred_at, event_id
  from staging.finance_fund_request_approved_v1
  union all
  select request_id, reason, declined_on, occurred_at, event_id
  from staging.finance_fund_request_declined_v1
),
decision as (
  select request_id, outcome, decided_on, event_id
  from outcome
  qualify row_number() over (partition by request_id order by occurred_at desc, event_id desc) = 1
)
select
  request_id, request.country, request.region as state_region, request.amount_usd, request.submitted_on,
  screening.eligible, decision.outcome, decision.decided_on, request.event_id,
  decision.event_id as decision_event_id
from request
left join screening using (request_id)
left join decision using (request_id)
