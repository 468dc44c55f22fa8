-- grain: one row per facility, year and source reported, and one for what no source explains
with explained as (
  select facility_id, year, sum(greenhouse_gas) as greenhouse_gas
  from core.fact_emission
  group by all
),
emission as (
  select facility_id, year, scope, source, greenhouse_gas, event_id
  from core.fact_emission
  union all
  select
    inventory.facility_id, inventory.year, null, null,
    inventory.greenhouse_gas - coalesce(explained.greenhouse_gas, 0), inventory.event_id
  from core.fact_facility_inventory as inventory
  left join explained using (facility_id, year)
  where explained.facility_id is null or explained.greenhouse_gas <> inventory.greenhouse_gas
)
select
  emission.year, make_date(emission.year, 12, 31) as day, emission.facility_id, facility.unit_id,
  emission.scope, emission.source, emission.greenhouse_gas, emission.event_id
from emission
left join core.dim_facility as facility using (facility_id)
where emission.greenhouse_gas is not null
