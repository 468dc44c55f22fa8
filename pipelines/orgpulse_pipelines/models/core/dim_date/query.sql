-- grain: one row per day of a reporting period
with days as (
  select period_start, unnest(range(period_start, period_end + 1, interval 1 day))::date as date
  from core.dim_period where grain = 'year'
)
select
  date,
  year(date) as year,
  quarter(date) as quarter,
  month(date) as month,
  isodow(date) as weekday,
  period_start
from days
