-- grain: one row per facility and year
select
  inventory.year, inventory.facility_id, inventory.facility_name,
  facility.unit_id, unit.region, facility.country,
  coalesce(inventory.floor_area, facility.floor_area) as floor_area,
  inventory.electricity, inventory.renewable_electricity, inventory.natural_gas,
  inventory.greenhouse_gas, inventory.water, inventory.waste, inventory.waste_diverted,
  coalesce(facility.in_use_from <= make_date(inventory.year, 12, 31), false) as registered_in_use,
  inventory.event_id
from core.fact_facility_inventory as inventory
left join core.dim_facility as facility using (facility_id)
left join core.dim_organisation_unit as unit
  on unit.unit_id = facility.unit_id
  and unit.valid_from <= make_date(inventory.year, 12, 31)
  and make_date(inventory.year, 12, 31) < unit.valid_to
