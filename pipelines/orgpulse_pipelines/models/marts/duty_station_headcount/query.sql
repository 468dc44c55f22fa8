-- grain: one row per day, country and duty station
select
  as_of, country, country_name, duty_station, region, subregion, staff, event_id
from staging.hr_duty_station_headcount_reported_v1
qualify row_number() over (
  partition by as_of, country, duty_station order by occurred_at desc, event_id desc
) = 1
