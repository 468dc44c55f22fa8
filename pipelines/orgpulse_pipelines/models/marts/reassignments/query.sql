-- grain: one row per move of a person in service to another office
with move as (
  select
    *, lag(unit_id) over (partition by person_id, service_from order by valid_from) as from_unit_id
  from marts.service
  qualify unit_id <> from_unit_id
)
select
  move.person_id, move.valid_from as moved_on, move.from_unit_id, move.unit_id,
  move.contract_type, move.grade_group,
  origin.country <> target.country or origin.duty_station <> target.duty_station as across_duty_stations,
  move.event_id
from move
left join core.dim_organisation_unit as origin
  on origin.unit_id = move.from_unit_id
  and origin.valid_from <= move.valid_from and move.valid_from < origin.valid_to
left join core.dim_organisation_unit as target
  on target.unit_id = move.unit_id
  and target.valid_from <= move.valid_from and move.valid_from < target.valid_to
