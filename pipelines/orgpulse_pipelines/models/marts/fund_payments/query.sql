-- grain: one row per allocation or disbursement of the development fund
with payment as (
  select
    'allocation' as kind, allocation_id as payment_id, project_id, country, amount_usd,
    allocated_on as paid_on, event_id
  from core.fact_fund_allocation
  union all
  select
    'disbursement', disbursement_id, disbursement.project_id, started.country, disbursement.amount_usd,
    disbursement.disbursed_on, disbursement.event_id
  from core.fact_fund_disbursement as disbursement
  left join core.fact_fund_project as started using (project_id)
)
select
  payment.kind, payment.payment_id, payment.project_id, project.unit_id, payment.country,
  state.region as state_region, payment.amount_usd, payment.paid_on, payment.event_id
from payment
left join core.dim_project as project using (project_id)
left join core.dim_member_state as state on state.country = payment.country
