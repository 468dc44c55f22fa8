-- grain: one row per person in service on the last day of a year and figure that their office knows for it
with known as (
  select year, unit_id, 'inventory' as figure from marts.facility_inventory
  union
  select year, unit_id, 'greenhouse_gas' from marts.emissions
  union
  select year, unit_id, 'water' from marts.water_use
  union
  select year, unit_id, 'waste' from marts.waste
)
select
  known.year, make_date(known.year, 12, 31) as day, known.figure,
  service.person_id, service.unit_id, service.event_id
from known
join marts.service as service
  on service.unit_id = known.unit_id
  and service.valid_from <= make_date(known.year, 12, 31)
  and make_date(known.year, 12, 31) < service.valid_to
