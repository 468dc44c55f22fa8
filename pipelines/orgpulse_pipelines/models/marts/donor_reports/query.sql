-- grain: one row per report
select
  report.report_id, report.project_id, project.unit_id, report.due_on, report.submitted_on, report.on_time,
  report.event_id
from core.fact_donor_report as report
left join core.dim_project as project using (project_id)
