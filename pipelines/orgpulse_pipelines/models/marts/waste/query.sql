-- grain: one row per facility, year, stream and treatment reported, and one for what none of them explains
with by_stream as (
  select
    facility_id, year, stream, treatment, waste,
    case
      when treatment in ('reuse', 'recycling', 'composting') then waste
      when treatment <> 'unknown' then 0
    end as waste_diverted,
    event_id
  from core.fact_waste
),
explained as (
  select
    facility_id, year, sum(waste) as waste, coalesce(sum(waste_diverted), 0) as waste_diverted,
    count(*) = count(waste_diverted) as is_complete
  from by_stream
  group by all
),
inventory as (
  select facility_id, year, waste, waste_diverted, event_id from core.fact_facility_inventory
),
facility_year as (
  select
    facility_id, year,
    if(
      inventory.waste is null,
      explained.is_complete,
      inventory.waste_diverted is not null
      or coalesce(explained.is_complete and explained.waste = inventory.waste, false)
    ) as diversion_known
  from inventory
  full join explained using (facility_id, year)
),
waste as (
  select facility_id, year, stream, treatment, waste, waste_diverted, event_id
  from by_stream
  union all
  select
    inventory.facility_id, inventory.year, null, null,
    inventory.waste - coalesce(explained.waste, 0),
    inventory.waste_diverted - coalesce(explained.waste_diverted, 0),
    inventory.event_id
  from inventory
  left join explained using (facility_id, year)
  where explained.facility_id is null
    or explained.waste <> inventory.waste
    or explained.waste_diverted <> inventory.waste_diverted
)
select
  waste.year, make_date(waste.year, 12, 31) as day, waste.facility_id, facility.unit_id,
  waste.stream, waste.treatment, waste.waste, waste.waste_diverted, facility_year.diversion_known, waste.event_id
from waste
join facility_year using (facility_id, year)
left join core.dim_facility as facility using (facility_id)
where waste.waste is not null
