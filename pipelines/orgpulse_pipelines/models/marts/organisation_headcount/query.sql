-- grain: one row per year
select
  year, staff, event_id
from staging.hr_organisation_headcount_reported_v1
qualify row_number() over (partition by year order by occurred_at desc, event_id desc) = 1
