-- grain: one row per risk and span in which its level and mitigation do not change
with registration as (
  select event_id, risk_id, unit_id, category, level, registered_on
  from staging.finance_risk_registered_v1
  qualify row_number() over (partition by risk_id order by occurred_at desc, event_id desc) = 1
),
closure as (
  select risk_id, closed_on
  from staging.finance_risk_closed_v1
  qualify row_number() over (partition by risk_id order by occurred_at desc, event_id desc) = 1
),
reassessment as (
  select event_id, risk_id, level, reassessed_on
  from staging.finance_risk_reassessed_v1
  qualify row_number() over (partition by risk_id, reassessed_on order by occurred_at desc, event_id desc) = 1
),
assessment as (
  select risk_id, reassessed_on as day, level, event_id
  from reassessment
  union all
  select registration.risk_id, registration.registered_on, registration.level, registration.event_id
  from registration
  anti join reassessment
    on reassessment.risk_id = registration.risk_id
    and reassessment.reassessed_on = registration.registered_on
),
mitigation as (
  select risk_id, mitigated_on, review_due_on + 1 as lapses_on
  from staging.finance_risk_mitigated_v1
  qualify row_number() over (partition by risk_id, mitigated_on order by occurred_at desc, event_id desc) = 1
),
mitigated as (
  -- while mitigations overlap, the last one to lapse counts
  select
    risk_id, mitigated_on, lapses_on,
    max(lapses_on) over (partition by risk_id order by mitigated_on) as last_lapse
  from mitigation
),
turn as (
  select risk_id, day from assessment
  union
  select risk_id, mitigated_on from mitigation
  union
  select risk_id, lapses_on from mitigation
),
open as (
  select
    registration.risk_id, registration.unit_id, registration.category, turn.day as valid_from,
    least(
      lead(turn.day, 1, date '9999-12-31') over (partition by risk_id order by turn.day),
      coalesce(closure.closed_on, date '9999-12-31')
    ) as valid_to
  from registration
  join turn using (risk_id)
  left join closure using (risk_id)
  where turn.day >= registration.registered_on
    and turn.day < coalesce(closure.closed_on, date '9999-12-31')
),
assessed as (
  select open.*, assessment.level, assessment.event_id
  from open
  asof join assessment on assessment.risk_id = open.risk_id and assessment.day <= open.valid_from
)
select
  assessed.risk_id, assessed.unit_id, assessed.category, assessed.level,
  coalesce(assessed.valid_from < mitigated.last_lapse, false) as mitigated,
  assessed.valid_from, assessed.valid_to, assessed.event_id
from assessed
asof left join mitigated
  on mitigated.risk_id = assessed.risk_id and mitigated.mitigated_on <= assessed.valid_from
