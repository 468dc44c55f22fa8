-- grain: one row per person and span in which unit, position and grade do not change
with appointment as (
  select *
  from staging.hr_appointment_made_v1
  qualify row_number() over (
    partition by personnel_id, appointed_on order by occurred_at desc, event_id desc
  ) = 1
),
move as (
  select
    personnel_id, appointed_on as valid_from, 'appointment' as opening, 0 as priority,
    occurred_at, event_id,
    {'unit_id': unit_id, 'position_id': position_id} as posting, grade
  from appointment
  union all
  select
    personnel_id, effective_on, 'reassignment', 1, occurred_at, event_id,
    {'unit_id': to_unit_id, 'position_id': position_id}, null
  from staging.hr_reassignment_made_v1
  union all
  select personnel_id, effective_on, 'promotion', 1, occurred_at, event_id, null, to_grade
  from staging.hr_promotion_granted_v1
),
service_start as (
  select personnel_id, appointed_on as service_from, contract_type, manager, birth_date as age_band
  from appointment
  union all
  -- an appointment that has not arrived: service is known from the first move on
  select personnel_id, min(valid_from), null, null, null
  from move
  anti join appointment using (personnel_id)
  group by personnel_id
),
service_span as (
  select *, lead(service_from, 1, date '9999-12-31') over (
    partition by personnel_id order by service_from
  ) as next_service_from
  from service_start
),
service as (
  select
    span.personnel_id, span.service_from, span.contract_type, span.manager, span.age_band,
    separation.separated_on,
    separation.event_id as separation_event_id,
    least(span.next_service_from, coalesce(separation.separated_on + 1, date '9999-12-31')) as service_to
  from service_span as span
  left join staging.hr_separation_recorded_v1 as separation
    on separation.personnel_id = span.personnel_id
    and separation.separated_on >= span.service_from
    and separation.separated_on < span.next_service_from
  qualify row_number() over (
    partition by span.personnel_id, span.service_from
    order by separation.occurred_at desc nulls last, separation.event_id desc
  ) = 1
),
change as (
  select
    service.personnel_id, service.service_from, move.valid_from,
    max_by(move.opening, (move.priority, move.occurred_at, move.event_id)) as opening,
    max_by(move.event_id, (move.priority, move.occurred_at, move.event_id)) as event_id,
    max_by(move.posting, (move.priority, move.occurred_at, move.event_id))
      filter (where move.posting is not null) as posting,
    max_by(move.grade, (move.priority, move.occurred_at, move.event_id))
      filter (where move.grade is not null) as grade
  from service
  join move
    on move.personnel_id = service.personnel_id
    and move.valid_from >= service.service_from
    and move.valid_from < service.service_to
  group by all
),
span as (
  select
    personnel_id, service_from, valid_from, opening, event_id,
    lead(valid_from) over career as next_valid_from,
    last_value(posting ignore nulls) over career as posting,
    last_value(grade ignore nulls) over career as grade
  from change
  window career as (partition by personnel_id, service_from order by valid_from)
)
select
  span.personnel_id as person_id,
  span.valid_from,
  coalesce(span.next_valid_from, service.service_to) as valid_to,
  span.service_from, service.service_to,
  span.posting.unit_id as unit_id,
  span.posting.position_id as position_id,
  span.grade, service.manager, service.contract_type, service.age_band,
  span.opening, span.event_id,
  service.separated_on, service.separation_event_id
from span
join service using (personnel_id, service_from)
