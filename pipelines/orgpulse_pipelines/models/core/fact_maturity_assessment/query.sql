-- grain: one row per office and assessment
with assessed as (
  select *
  from staging.results_maturity_assessed_v1
  qualify row_number() over (
    partition by unit_id, assessed_on order by occurred_at desc, event_id desc
  ) = 1
)
select
  unit_id, stage, assessed_on as valid_from,
  least(
    lead(assessed_on) over (partition by unit_id order by assessed_on),
    (assessed_on + interval 3 years)::date
  ) as valid_to,
  event_id
from assessed
