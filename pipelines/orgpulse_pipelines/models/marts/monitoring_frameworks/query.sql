-- grain: one row per project
select
  project.project_id, project.unit_id, project.start_date, project.start_date + 30 as due_on,
  framework.submitted_on,
  coalesce(framework.submitted_on <= project.start_date + 30, false) as on_time,
  framework.event_id as framework_event_id, project.event_id
from core.dim_project as project
left join core.fact_monitoring_framework as framework using (project_id)
