-- grain: one row per facility, year and source
select
  event_id, facility_id, year, scope, source, greenhouse_gas
from staging.environment_emission_reported_v1
qualify row_number() over (
  partition by facility_id, year, source order by occurred_at desc, event_id desc
) = 1
