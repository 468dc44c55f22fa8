-- grain: one row per position and day on which it was advertised
select
  position_id, advertised_on, event_id
from staging.hr_position_advertised_v1
qualify row_number() over (
  partition by position_id, advertised_on order by occurred_at desc, event_id desc
) = 1
