-- grain: one row per focal point of a country office, role, office served, and span in which the hierarchy stays
with trained as (
  select person_id, unit_id, role, event_id, greatest(designated_on, trained_on) as trained_from
  from core.fact_focal_point
  where trained_on is not null
),
serving as (
  -- the end of a designation is no event: it ends with the service in which the person was trained
  select distinct trained.*, service.service_to
  from trained
  join marts.service as service
    on service.person_id = trained.person_id
    and service.service_from <= trained.trained_from
    and trained.trained_from < service.service_to
),
answering as (
  select
    serving.person_id, serving.role, serving.unit_id, unit.mission_id, serving.event_id,
    greatest(serving.trained_from, unit.valid_from) as valid_from,
    least(serving.service_to, unit.valid_to) as valid_to
  from serving
  join core.dim_organisation_unit as unit
    on unit.unit_id = serving.unit_id
    and unit.valid_from < serving.service_to
    and serving.trained_from < unit.valid_to
)
select
  answering.person_id, answering.role, answering.unit_id, answering.mission_id,
  greatest(answering.valid_from, mission.valid_from) as valid_from,
  least(answering.valid_to, mission.valid_to) as valid_to,
  answering.event_id
from answering
join core.dim_organisation_unit as mission
  on mission.unit_id = answering.mission_id
  and mission.unit_type = 'country_office'
  and mission.valid_from < answering.valid_to
  and answering.valid_from < mission.valid_to
