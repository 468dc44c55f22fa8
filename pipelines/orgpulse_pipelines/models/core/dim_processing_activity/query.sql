-- grain: one row per processing activity and span in which its registration holds
with registration as (
  select *
  from staging.protection_processing_activity_registered_v1
  qualify row_number() over (partition by activity_id, registered_on order by occurred_at desc, event_id desc) = 1
)
select
  activity_id, unit_id, data_subjects, data_category, purpose, recipients_inside, recipients_outside,
  transfer_agreement, retention, technology,
  registered_on as valid_from,
  lead(registered_on, 1, date '9999-12-31') over (partition by activity_id order by registered_on) as valid_to,
  event_id
from registration
