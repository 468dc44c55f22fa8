-- grain: one row per staff member and performance cycle that the person served through
with cycle as (
  select
    cycle, max(due_on) as due_on,
    make_date(cycle, 1, 1) as first_day, make_date(cycle, 12, 31) as last_day
  from core.fact_appraisal
  group by all
)
select
  service.person_id, cycle.cycle, cycle.due_on, service.unit_id, service.gender, service.grade_group,
  appraisal.completed_on,
  coalesce(appraisal.on_time, false) as on_time,
  appraisal.multi_rater, appraisal.aligned_to_corporate_goal,
  coalesce(appraisal.event_id, service.event_id) as event_id
from cycle
join marts.service as service
  on service.service_from <= cycle.first_day
  and service.valid_from <= cycle.last_day and cycle.last_day < service.valid_to
left join core.fact_appraisal as appraisal
  on appraisal.person_id = service.person_id and appraisal.cycle = cycle.cycle
where service.contract_type = 'staff'
