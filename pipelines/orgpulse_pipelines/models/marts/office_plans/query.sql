-- grain: one row per plan of an office and span in which the registration of the office does not change
with plan as (
  select 'strategy' as plan, strategy_id as plan_id, unit_id, valid_from, valid_to, event_id
  from core.fact_strategy
  union all
  select 'results_framework', framework_id, unit_id, valid_from, valid_to, event_id
  from core.fact_results_framework
  where level <> 'project'
)
select
  plan.plan, plan.plan_id, plan.unit_id, unit.unit_type,
  greatest(plan.valid_from, unit.valid_from) as valid_from,
  least(plan.valid_to, unit.valid_to) as valid_to,
  plan.event_id
from plan
join core.dim_organisation_unit as unit
  on unit.unit_id = plan.unit_id
  and unit.valid_from < plan.valid_to and plan.valid_from < unit.valid_to
where unit.unit_type <> 'sub_office' and plan.valid_from < plan.valid_to
