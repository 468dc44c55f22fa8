-- grain: one row per result indicator and pair of a target of the 2030 Agenda and an objective of the Global Compact
select indicator_id, sdg_target, gcm_objective, linked_on, event_id
from staging.results_result_linked_v1
qualify row_number() over (
  partition by indicator_id, sdg_target, gcm_objective order by linked_on, occurred_at, event_id
) = 1
