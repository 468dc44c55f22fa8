-- grain: one row per facility and year
select
  inventory.year, inventory.facility_id, inventory.facility_name,
  facility.unit_id, unit.region, facility.country,
  coalesce(inventory.floor_area, facility.floor_area) as floor_area,
  inventory.electricity, inventory.renewable_electricity, inventory.natural_gas,
  inventory.greenhouse_gas, inventory.water, inventory.waste, inventory.waste_diverted,
  inventory.event_id
from core.fact_facility_inventory as inventory
left join core.dim_facility as facility using (facility_id)
left join core.unit_year_end as unit
  on unit.unit_id = facility.unit_id and year(unit.period_start) = inventory.year
