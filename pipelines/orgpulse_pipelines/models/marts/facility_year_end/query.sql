-- grain: one row per facility and reporting period at whose end it was in use
select
  period.period_start, period.period_end, facility.facility_id, facility.unit_id,
  inventory.event_id as inventory_event_id, facility.event_id
from core.dim_period as period
join core.dim_facility as facility on facility.in_use_from <= period.period_end
left join core.fact_facility_inventory as inventory
  on inventory.facility_id = facility.facility_id and inventory.year = year(period.period_start)
