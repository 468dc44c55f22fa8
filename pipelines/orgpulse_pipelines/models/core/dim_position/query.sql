-- grain: one row per position
select
  position.position_id, position.unit_id, position.grade,
  if(position.grade is null, 'ungraded', dim_grade.grade_group) as grade_group,
  position.created_on, position.event_id
from staging.hr_position_created_v1 as position
left join core.dim_grade as dim_grade using (grade)
qualify row_number() over (
  partition by position.position_id order by position.occurred_at desc, position.event_id desc
) = 1
