-- grain: one row per service and span in which its registration holds
with registration as (
  select *
  from staging.reference_service_registered_v1
  qualify row_number() over (partition by service_id, registered_on order by occurred_at desc, event_id desc) = 1
)
select
  service_id, name, availability_target,
  registered_on as valid_from,
  lead(registered_on, 1, date '9999-12-31') over (partition by service_id order by registered_on) as valid_to,
  event_id
from registration
