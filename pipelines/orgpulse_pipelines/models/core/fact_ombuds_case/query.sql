-- grain: one row per case
with opened as (
  select *
  from staging.conduct_ombuds_case_opened_v1
  qualify row_number() over (partition by case_id order by occurred_at desc, event_id desc) = 1
),
resolved as (
  select *
  from staging.conduct_ombuds_case_resolved_v1
  qualify row_number() over (partition by case_id order by occurred_at desc, event_id desc) = 1
),
referred as (
  select *
  from staging.conduct_ombuds_case_referred_v1
  qualify row_number() over (partition by case_id order by occurred_at desc, event_id desc) = 1
),
closed as (
  select *
  from staging.conduct_ombuds_case_closed_v1
  qualify row_number() over (partition by case_id order by occurred_at desc, event_id desc) = 1
)
select
  case_id, opened.concern, opened.opened_on,
  case
    when resolved.resolved_on >= coalesce(referred.referred_on, resolved.resolved_on) then 'resolved_informally'
    when referred.referred_on is not null then 'referred'
    else 'none'
  end as outcome,
  closed.closed_on, closed.closed_on - opened.opened_on as days_to_close,
  coalesce(opened.event_id, resolved.event_id, referred.event_id, closed.event_id) as event_id,
  closed.event_id as closed_event_id
from opened
full join resolved using (case_id)
full join referred using (case_id)
full join closed using (case_id)
