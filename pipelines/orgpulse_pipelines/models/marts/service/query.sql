-- grain: one row per person and span in which unit, position and grade do not change
select
  history.person_id, history.valid_from, history.valid_to,
  history.service_from, history.service_to, history.unit_id, history.position_id,
  history.contract_type, history.grade,
  if(history.grade is null, 'ungraded', dim_grade.grade_group) as grade_group,
  history.manager, person.gender, person.nationality, history.age_band,
  history.event_id
from core.person_history as history
join core.dim_person as person using (person_id)
left join core.dim_grade as dim_grade using (grade)
where history.contract_type is not null
