-- grain: one row per recommendation
with issued as (
  select *
  from staging.evaluation_recommendation_issued_v1
  qualify row_number() over (partition by recommendation_id order by occurred_at desc, event_id desc) = 1
),
response as (
  select
    recommendation_id,
    min(given_on) as first_response_on,
    min_by(event_id, (given_on, occurred_at, event_id)) as response_event_id,
    max_by(decision, (given_on, occurred_at, event_id)) as decision
  from staging.evaluation_management_response_given_v1
  group by recommendation_id
),
closure as (
  select *
  from staging.evaluation_recommendation_closed_v1
  qualify row_number() over (partition by recommendation_id order by occurred_at desc, event_id desc) = 1
)
select
  issued.event_id, issued.recommendation_id, issued.evaluation_id,
  issued.issued_on, issued.response_due_on, issued.implementation_due_on,
  response.first_response_on, response.decision, response.response_event_id,
  closure.closed_on, closure.outcome, closure.event_id as closure_event_id
from issued
left join response using (recommendation_id)
left join closure using (recommendation_id)
