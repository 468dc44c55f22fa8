-- grain: one row per facility and year
select
  event_id, facility_id, facility_name, year, floor_area, electricity, renewable_electricity, natural_gas,
  greenhouse_gas, water, waste, waste_diverted
from staging.environment_facility_inventory_reported_v1
qualify row_number() over (partition by facility_id, year order by occurred_at desc, event_id desc) = 1
