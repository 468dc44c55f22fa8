-- grain: one row per result indicator and pair of a goal of the 2030 Agenda and an objective of the Global Compact
with linked as (
  select
    indicator_id,
    list(distinct split_part(sdg_target, '.', 1)) filter (where sdg_target is not null) as sdg_goals,
    list(distinct gcm_objective::varchar) filter (where gcm_objective is not null) as gcm_objectives
  from core.fact_result_link
  group by indicator_id
),
by_goal as (
  select
    definition.indicator_id, definition.event_id, linked.gcm_objectives,
    unnest(coalesce(linked.sdg_goals, ['none'])) as sdg_goal
  from core.dim_result_indicator as definition
  left join linked using (indicator_id)
  where definition.is_current
)
select
  indicator_id, sdg_goal, unnest(coalesce(gcm_objectives, ['none'])) as gcm_objective, event_id
from by_goal
