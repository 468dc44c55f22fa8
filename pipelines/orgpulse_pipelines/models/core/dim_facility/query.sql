-- grain: one row per facility
select
  facility_id, unit_id, country, floor_area, in_use_from, event_id
from staging.reference_facility_registered_v1
qualify row_number() over (partition by facility_id order by occurred_at desc, event_id desc) = 1
