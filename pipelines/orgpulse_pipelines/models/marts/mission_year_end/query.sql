-- grain: one row per country office and reporting period at whose end it was registered
with conduct as (
  select
    unit.period_start, unit.mission_id,
    min_by(session.event_id, (session.held_on, session.event_id)) as event_id
  from core.unit_year_end as unit
  join core.fact_session as session on session.unit_id = unit.unit_id and session.held_on <= unit.period_end
  join core.dim_course as course using (course_id)
  where course.subject = 'standards_of_conduct' and course.modality = 'face_to_face'
  group by all
),
focal_point as (
  select
    unit.period_start, unit.mission_id,
    min_by(point.event_id, (point.trained_on, point.event_id)) as event_id
  from core.unit_year_end as unit
  join core.fact_focal_point as point
    on point.unit_id = unit.unit_id
    and point.designated_on <= unit.period_end and point.trained_on <= unit.period_end
  join marts.workforce_year_end as workforce
    on workforce.person_id = point.person_id and workforce.period_start = unit.period_start
  where point.role = 'psea'
  group by all
),
evaluated as (
  select
    unit.period_start, unit.mission_id,
    max_by(evaluation.event_id, (evaluation.published_on, evaluation.event_id)) as event_id
  from core.unit_year_end as unit
  join core.fact_evaluation as evaluation
    on evaluation.unit_id = unit.unit_id
    and evaluation.published_on <= unit.period_end
    and evaluation.published_on > unit.period_end - interval 3 years
  group by all
)
select
  mission.period_start, mission.period_end, mission.unit_id as mission_id, mission.name,
  mission.region, mission.country, mission.high_risk,
  conduct.event_id as conduct_session_event_id,
  focal_point.event_id as focal_point_event_id,
  evaluated.event_id as evaluation_event_id,
  mission.event_id
from core.unit_year_end as mission
left join conduct on conduct.mission_id = mission.unit_id and conduct.period_start = mission.period_start
left join focal_point
  on focal_point.mission_id = mission.unit_id and focal_point.period_start = mission.period_start
left join evaluated
  on evaluated.mission_id = mission.unit_id and evaluated.period_start = mission.period_start
where mission.unit_type = 'country_office'
