-- grain: one row per proposal
with submitted as (
  select *
  from staging.results_proposal_submitted_v1
  qualify row_number() over (partition by proposal_id order by occurred_at desc, event_id desc) = 1
),
returned as (
  select proposal_id, min(returned_on) as first_returned_on
  from staging.results_proposal_returned_v1
  group by proposal_id
),
endorsed as (
  select *
  from staging.results_proposal_endorsed_v1
  qualify row_number() over (partition by proposal_id order by occurred_at desc, event_id desc) = 1
)
select
  submitted.proposal_id, submitted.unit_id, submitted.kind, submitted.submitted_on,
  returned.first_returned_on, endorsed.endorsed_on,
  endorsed.event_id as endorsement_event_id, submitted.event_id
from submitted
left join returned using (proposal_id)
left join endorsed using (proposal_id)
