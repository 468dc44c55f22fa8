-- grain: one row per state and span in which its status holds
with newest as (
  select event_id, country, status, concluded_on, occurred_at
  from staging.finance_membership_concluded_v1
  qualify row_number() over (partition by country, status order by occurred_at desc, event_id desc) = 1
),
span as (
  select
    country, status, concluded_on as valid_from,
    lead(concluded_on, 1, date '9999-12-31') over (
      partition by country order by concluded_on, occurred_at, event_id
    ) as valid_to,
    event_id
  from newest
)
select country, status, valid_from, valid_to, event_id
from span
where valid_from < valid_to
