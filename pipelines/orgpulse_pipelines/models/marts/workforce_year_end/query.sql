-- grain: one row per person in service on the last day of a reporting period
with in_service as (
  select period.period_start, period.period_end, history.*
  from core.dim_period as period
  join core.person_history as history
    on history.valid_from <= period.period_end and period.period_end < history.valid_to
  where history.contract_type is not null
)
select
  in_service.period_start, in_service.period_end, in_service.person_id,
  in_service.unit_id, unit.region, unit.country,
  in_service.contract_type, in_service.grade,
  case
    when in_service.grade in ('P5', 'D1', 'D2') then 'senior'
    when in_service.grade like 'P%' then 'professional'
    when in_service.grade like 'NO%' then 'national_officer'
    when in_service.grade like 'G%' then 'general_service'
    else 'ungraded'
  end as grade_group,
  in_service.manager, person.gender, person.nationality, person.age_band,
  in_service.service_from, in_service.position_id, in_service.event_id
from in_service
join core.dim_person as person using (person_id)
left join core.unit_year_end as unit
  on unit.unit_id = in_service.unit_id and unit.period_start = in_service.period_start
