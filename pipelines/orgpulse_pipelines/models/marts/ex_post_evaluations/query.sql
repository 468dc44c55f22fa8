-- grain: one row per completed project of the development fund
with completed as (
  select
    project_id, unit_id, end_date,
    (end_date + interval 6 months)::date as window_opens_on,
    (end_date + interval 12 months)::date as window_closes_on,
    event_id
  from core.dim_project
  where fund = 'development_fund' and end_date is not null
)
select
  completed.project_id, completed.unit_id, completed.end_date,
  completed.window_opens_on, completed.window_closes_on,
  evaluation.published_on, evaluation.event_id as evaluation_event_id, completed.event_id
from completed
left join core.fact_evaluation as evaluation
  on evaluation.project_id = completed.project_id
  and evaluation.kind = 'ex_post'
  and evaluation.published_on between completed.window_opens_on and completed.window_closes_on
qualify row_number() over (
  partition by completed.project_id order by evaluation.published_on nulls last, evaluation.event_id
) = 1
