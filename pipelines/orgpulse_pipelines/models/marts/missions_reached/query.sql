-- grain: one row per country office and span in which it is registered and reached by conduct training
with session as (
  select unit.mission_id, session.held_on, session.event_id
  from core.fact_session as session
  join core.dim_course as course using (course_id)
  join core.dim_organisation_unit as unit
    on unit.unit_id = session.unit_id and unit.valid_from <= session.held_on and session.held_on < unit.valid_to
  where course.subject = 'standards_of_conduct' and course.modality = 'face_to_face'
),
first_session as (
  select mission_id, min(held_on) as held_on, min_by(event_id, (held_on, event_id)) as event_id
  from session
  group by mission_id
)
select
  mission.unit_id as mission_id,
  greatest(mission.valid_from, first_session.held_on) as valid_from, mission.valid_to,
  mission.high_risk, first_session.event_id
from core.dim_organisation_unit as mission
join first_session on first_session.mission_id = mission.unit_id and first_session.held_on < mission.valid_to
where mission.unit_type = 'country_office'
