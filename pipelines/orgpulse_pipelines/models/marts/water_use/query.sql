-- grain: one row per facility and year whose water use is known
with water_use as (
  select
    facility_id, year, coalesce(inventory.water, reported.water) as water,
    if(inventory.water is null, reported.event_id, inventory.event_id) as event_id
  from core.fact_facility_inventory as inventory
  full join core.fact_water_use as reported using (facility_id, year)
)
select
  water_use.year, make_date(water_use.year, 12, 31) as day, water_use.facility_id, facility.unit_id,
  water_use.water, water_use.event_id
from water_use
left join core.dim_facility as facility using (facility_id)
where water_use.water is not null
