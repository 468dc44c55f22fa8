-- grain: one row per ledger line
select
  posting.posting_id, posting.project_id, project.fund, posting.unit_id, posting.sector, posting.amount_usd,
  posting.posted_on, posting.event_id
from core.fact_expenditure as posting
left join core.dim_project as project using (project_id)
