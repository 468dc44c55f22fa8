-- grain: one row per candidate, profile and first day on the roster
with rostered as (
  select *
  from staging.hr_candidate_rostered_v1
  qualify row_number() over (
    partition by candidate_id, profile, rostered_on order by occurred_at desc, event_id desc
  ) = 1
),
entry as (
  select event_id, candidate_id, profile, rostered_on, lead(rostered_on, 1, date '9999-12-31') over (
    partition by candidate_id, profile order by rostered_on
  ) as next_rostered_on
  from rostered
),
departure as (
  select entry.event_id, min(deployment.deployed_on) as deployed_on
  from entry
  join core.fact_roster_deployment as deployment
    on deployment.candidate_id = entry.candidate_id and deployment.deployed_on > entry.rostered_on
  group by all
)
select
  entry.event_id, entry.candidate_id, entry.profile, entry.rostered_on as valid_from,
  least(entry.next_rostered_on, departure.deployed_on) as valid_to
from entry
left join departure using (event_id)
