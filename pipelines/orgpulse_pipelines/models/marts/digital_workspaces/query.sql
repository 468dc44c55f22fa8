-- grain: one row per office and span between two moves
select
  unit_id,
  sum(workplaces) over moved as workplaces,
  workplaces_total,
  sum(workplaces) over moved >= workplaces_total as complete,
  digitised_on as valid_from,
  lead(digitised_on, 1, date '9999-12-31') over moved as valid_to,
  event_id
from core.fact_workspace
window moved as (partition by unit_id order by digitised_on)
