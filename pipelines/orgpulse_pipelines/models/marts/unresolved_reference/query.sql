-- grain: one row per referring table, column and number that no registration resolves
with unresolved as (
  select
    'core.dim_facility' as table_name, 'unit_id' as column_name,
    dim_facility.unit_id as missing, dim_facility.event_id
  from core.dim_facility
  anti join core.dim_organisation_unit as known on known.unit_id = dim_facility.unit_id
  where dim_facility.unit_id is not null
  union all
  select
    'core.dim_position' as table_name, 'unit_id' as column_name,
    dim_position.unit_id as missing, dim_position.event_id
  from core.dim_position
  anti join core.dim_organisation_unit as known on known.unit_id = dim_position.unit_id
  where dim_position.unit_id is not null
  union all
  select
    'core.dim_project' as table_name, 'unit_id' as column_name,
    dim_project.unit_id as missing, dim_project.event_id
  from core.dim_project
  anti join core.dim_organisation_unit as known on known.unit_id = dim_project.unit_id
  where dim_project.unit_id is not null
  union all
  select
    'core.fact_appraisal' as table_name, 'person_id' as column_name,
    fact_appraisal.person_id as missing, fact_appraisal.event_id
  from core.fact_appraisal
  join core.dim_person as person on person.person_id = fact_appraisal.person_id
  where not person.appointed
  union all
  select
    'core.fact_attendance' as table_name, 'person_id' as column_name,
    fact_attendance.person_id as missing, fact_attendance.event_id
  from core.fact_attendance
  join core.dim_person as person on person.person_id = fact_attendance.person_id
  where not person.appointed
  union all
  select
    'core.fact_attendance' as table_name, 'session_id' as column_name,
    fact_attendance.session_id as missing, fact_attendance.event_id
  from core.fact_attendance
  anti join core.fact_session as known on known.session_id = fact_attendance.session_id
  where fact_attendance.session_id is not null
  union all
  select
    'core.fact_completion' as table_name, 'course_id' as column_name,
    fact_completion.course_id as missing, fact_completion.event_id
  from core.fact_completion
  anti join core.dim_course as known on known.course_id = fact_completion.course_id
  where fact_completion.course_id is not null
  union all
  select
    'core.fact_completion' as table_name, 'person_id' as column_name,
    fact_completion.person_id as missing, fact_completion.event_id
  from core.fact_completion
  join core.dim_person as person on person.person_id = fact_completion.person_id
  where not person.appointed
  union all
  select
    'core.fact_donor_report' as table_name, 'project_id' as column_name,
    fact_donor_report.project_id as missing, fact_donor_report.event_id
  from core.fact_donor_report
  anti join core.dim_project as known on known.project_id = fact_donor_report.project_id
  where fact_donor_report.project_id is not null
  union all
  select
    'core.fact_evaluation' as table_name, 'project_id' as column_name,
    fact_evaluation.project_id as missing, fact_evaluation.event_id
  from core.fact_evaluation
  anti join core.dim_project as known on known.project_id = fact_evaluation.project_id
  where fact_evaluation.project_id is not null
  union all
  select
    'core.fact_evaluation' as table_name, 'unit_id' as column_name,
    fact_evaluation.unit_id as missing, fact_evaluation.event_id
  from core.fact_evaluation
  anti join core.dim_organisation_unit as known on known.unit_id = fact_evaluation.unit_id
  where fact_evaluation.unit_id is not null
  union all
  select
    'core.fact_expenditure' as table_name, 'project_id' as column_name,
    fact_expenditure.project_id as missing, fact_expenditure.event_id
  from core.fact_expenditure
  anti join core.dim_project as known on known.project_id = fact_expenditure.project_id
  where fact_expenditure.project_id is not null
  union all
  select
    'core.fact_expenditure' as table_name, 'unit_id' as column_name,
    fact_expenditure.unit_id as missing, fact_expenditure.event_id
  from core.fact_expenditure
  anti join core.dim_organisation_unit as known on known.unit_id = fact_expenditure.unit_id
  where fact_expenditure.unit_id is not null
  union all
  select
    'core.fact_facility_inventory' as table_name, 'facility_id' as column_name,
    fact_facility_inventory.facility_id as missing, fact_facility_inventory.event_id
  from core.fact_facility_inventory
  anti join core.dim_facility as known on known.facility_id = fact_facility_inventory.facility_id
  where fact_facility_inventory.facility_id is not null
  union all
  select
    'core.fact_facility_measure' as table_name, 'facility_id' as column_name,
    fact_facility_measure.facility_id as missing, fact_facility_measure.event_id
  from core.fact_facility_measure
  anti join core.dim_facility as known on known.facility_id = fact_facility_measure.facility_id
  where fact_facility_measure.facility_id is not null
  union all
  select
    'core.fact_feedback' as table_name, 'course_id' as column_name,
    fact_feedback.course_id as missing, fact_feedback.event_id
  from core.fact_feedback
  anti join core.dim_course as known on known.course_id = fact_feedback.course_id
  where fact_feedback.course_id is not null
  union all
  select
    'core.fact_focal_point' as table_name, 'person_id' as column_name,
    fact_focal_point.person_id as missing, fact_focal_point.event_id
  from core.fact_focal_point
  join core.dim_person as person on person.person_id = fact_focal_point.person_id
  where not person.appointed
  union all
  select
    'core.fact_focal_point' as table_name, 'unit_id' as column_name,
    fact_focal_point.unit_id as missing, fact_focal_point.event_id
  from core.fact_focal_point
  anti join core.dim_organisation_unit as known on known.unit_id = fact_focal_point.unit_id
  where fact_focal_point.unit_id is not null
  union all
  select
    'core.fact_monitoring_framework' as table_name, 'project_id' as column_name,
    fact_monitoring_framework.project_id as missing, fact_monitoring_framework.event_id
  from core.fact_monitoring_framework
  anti join core.dim_project as known on known.project_id = fact_monitoring_framework.project_id
  where fact_monitoring_framework.project_id is not null
  union all
  select
    'core.fact_project_marker' as table_name, 'project_id' as column_name,
    fact_project_marker.project_id as missing, fact_project_marker.event_id
  from core.fact_project_marker
  anti join core.dim_project as known on known.project_id = fact_project_marker.project_id
  where fact_project_marker.project_id is not null
  union all
  select
    'core.fact_recommendation' as table_name, 'evaluation_id' as column_name,
    fact_recommendation.evaluation_id as missing, fact_recommendation.event_id
  from core.fact_recommendation
  anti join core.fact_evaluation as known on known.evaluation_id = fact_recommendation.evaluation_id
  where fact_recommendation.evaluation_id is not null
  union all
  select
    'core.fact_session' as table_name, 'course_id' as column_name,
    fact_session.course_id as missing, fact_session.event_id
  from core.fact_session
  anti join core.dim_course as known on known.course_id = fact_session.course_id
  where fact_session.course_id is not null
  union all
  select
    'core.fact_session' as table_name, 'unit_id' as column_name,
    fact_session.unit_id as missing, fact_session.event_id
  from core.fact_session
  anti join core.dim_organisation_unit as known on known.unit_id = fact_session.unit_id
  where fact_session.unit_id is not null
  union all
  select
    'core.person_history' as table_name, 'unit_id' as column_name,
    person_history.unit_id as missing, person_history.event_id
  from core.person_history
  anti join core.dim_organisation_unit as known on known.unit_id = person_history.unit_id
  where person_history.unit_id is not null
)
select table_name, column_name, missing, count(*) as rows, min(event_id) as event_id
from unresolved
group by all
