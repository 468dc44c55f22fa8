-- grain: one row per project and reporting period in which it was in implementation
with active as (
  select period.period_start, period.period_end, project.*
  from core.dim_period as period
  join core.dim_project as project
    on project.start_date <= period.period_end
    and coalesce(project.end_date, date '9999-12-31') >= period.period_start
)
select
  active.period_start, active.period_end, active.project_id, active.unit_id, active.fund, active.sector,
  active.start_date, active.end_date,
  marker.risk as marker_risk, marker.mitigation_planned, marker.event_id as marker_event_id,
  active.event_id
from active
asof left join core.fact_project_marker as marker
  on marker.project_id = active.project_id and marker.assessed_on <= active.period_end
