-- grain: one row per project of the development fund
select event_id, project_id, country, started_on
from staging.finance_fund_project_started_v1
qualify row_number() over (partition by project_id order by occurred_at desc, event_id desc) = 1
