-- grain: one row per person and talent programme
with enrolment as (
  select *
  from staging.hr_programme_enrolled_v1
  qualify row_number() over (
    partition by personnel_id, programme order by occurred_at desc, event_id desc
  ) = 1
),
completion as (
  select *
  from staging.hr_programme_completed_v1
  qualify row_number() over (
    partition by personnel_id, programme order by occurred_at desc, event_id desc
  ) = 1
),
placement as (
  select *
  from staging.hr_programme_milestone_reached_v1
  where milestone = 'placed'
  qualify row_number() over (
    partition by personnel_id, programme order by occurred_at desc, event_id desc
  ) = 1
)
select
  enrolment.event_id, enrolment.personnel_id as person_id, enrolment.programme, enrolment.enrolled_on,
  completion.completed_on, placement.reached_on as placed_on
from enrolment
left join completion using (personnel_id, programme)
left join placement using (personnel_id, programme)
