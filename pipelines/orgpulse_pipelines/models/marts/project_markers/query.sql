-- grain: one row per project and span of its implementation in which the same assessment holds
with project as (
  select
    project_id, unit_id, start_date as started_on,
    coalesce(end_date + 1, date '9999-12-31') as ended_on, event_id
  from core.dim_project
  where start_date is not null
),
assessment as (
  select project_id, assessed_on, risk, mitigation_planned, event_id as marker_event_id
  from core.fact_project_marker
  union all
  -- before the first assessment there is none
  select project_id, date '0001-01-01', null, null, null from project
),
span as (
  select
    *, lead(assessed_on, 1, date '9999-12-31') over (partition by project_id order by assessed_on) as superseded_on
  from assessment
)
select
  project_id, project.unit_id,
  greatest(project.started_on, span.assessed_on) as valid_from,
  least(project.ended_on, span.superseded_on) as valid_to,
  span.risk, span.mitigation_planned, span.marker_event_id, project.event_id
from project
join span using (project_id)
where greatest(project.started_on, span.assessed_on) < least(project.ended_on, span.superseded_on)
