-- grain: one row per project of the development fund
select fact.project_id, fact.country, project.unit_id, fact.started_on, fact.event_id
from core.fact_fund_project as fact
left join core.dim_project as project using (project_id)
