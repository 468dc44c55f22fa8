-- grain: one row per control
select event_id, control_id, unit_id, line_of_defence, year, effective
from staging.finance_control_attested_v1
qualify row_number() over (partition by control_id order by occurred_at desc, event_id desc) = 1
