-- grain: one row per disbursement
select event_id, disbursement_id, project_id, amount_usd, disbursed_on
from staging.finance_fund_disbursement_made_v1
qualify row_number() over (partition by disbursement_id order by occurred_at desc, event_id desc) = 1
