-- grain: one row per facility, year, stream and treatment
select
  event_id, facility_id, year, stream, treatment, waste
from staging.environment_waste_reported_v1
qualify row_number() over (
  partition by facility_id, year, stream, treatment order by occurred_at desc, event_id desc
) = 1
