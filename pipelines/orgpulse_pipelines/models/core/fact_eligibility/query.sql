-- grain: one row per Member State and year
select event_id, country, region, year, eligible
from staging.finance_eligibility_listed_v1
qualify row_number() over (partition by country, year order by occurred_at desc, event_id desc) = 1
