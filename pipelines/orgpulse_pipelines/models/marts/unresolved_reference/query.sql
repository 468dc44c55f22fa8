-- grain: one row per referring table, column and number that no registration resolves
with reference as (
  select 'core.dim_facility' as table_name, 'unit_id' as column_name, unit_id as missing, event_id
  from core.dim_facility
  union all
  select 'core.dim_partner', 'unit_id', unit_id, event_id from core.dim_partner
  union all
  select 'core.dim_partner_person', 'partner_id', partner_id, event_id from core.dim_partner_person
  union all
  select 'core.dim_position', 'unit_id', unit_id, event_id from core.dim_position
  union all
  select 'core.dim_processing_activity', 'unit_id', unit_id, event_id from core.dim_processing_activity
  union all
  select 'core.dim_project', 'unit_id', unit_id, event_id from core.dim_project
  union all
  select 'core.dim_result_indicator', 'framework_id', framework_id, event_id from core.dim_result_indicator
  union all
  select 'core.fact_advertisement', 'position_id', position_id, event_id from core.fact_advertisement
  union all
  select 'core.fact_appraisal', 'person_id', person_id, event_id from core.fact_appraisal
  union all
  select 'core.fact_attendance', 'person_id', person_id, event_id from core.fact_attendance
  union all
  select 'core.fact_attendance', 'session_id', session_id, event_id from core.fact_attendance
  union all
  select 'core.fact_audit_recommendation', 'unit_id', unit_id, event_id from core.fact_audit_recommendation
  union all
  select 'core.fact_availability', 'service_id', service_id, event_id from core.fact_availability
  union all
  select 'core.fact_behaviour_followup', 'course_id', course_id, event_id from core.fact_behaviour_followup
  union all
  select 'core.fact_breach', 'unit_id', unit_id, event_id from core.fact_breach
  union all
  select 'core.fact_capacity_event', 'unit_id', unit_id, event_id from core.fact_capacity_event
  union all
  select 'core.fact_change', 'service_id', service_id, event_id from core.fact_change
  union all
  select 'core.fact_completion', 'course_id', course_id, event_id from core.fact_completion
  union all
  select 'core.fact_completion', 'person_id', person_id, event_id from core.fact_completion
  union all
  select 'core.fact_contribution', 'donor_id', donor_id, event_id from core.fact_contribution
  union all
  select 'core.fact_control', 'unit_id', unit_id, event_id from core.fact_control
  union all
  select 'core.fact_data_asset', 'unit_id', unit_id, event_id from core.fact_data_asset
  union all
  select 'core.fact_document_download', 'document_id', document_id, event_id from core.fact_document_download
  union all
  select 'core.fact_donor_report', 'project_id', project_id, event_id from core.fact_donor_report
  union all
  select 'core.fact_emission', 'facility_id', facility_id, event_id from core.fact_emission
  union all
  select 'core.fact_evaluation', 'project_id', project_id, event_id from core.fact_evaluation
  union all
  select 'core.fact_evaluation', 'unit_id', unit_id, event_id from core.fact_evaluation
  union all
  select 'core.fact_evaluation_training', 'person_id', person_id, event_id from core.fact_evaluation_training
  union all
  select 'core.fact_expenditure', 'project_id', project_id, event_id from core.fact_expenditure
  union all
  select 'core.fact_expenditure', 'unit_id', unit_id, event_id from core.fact_expenditure
  union all
  select 'core.fact_facility_inventory', 'facility_id', facility_id, event_id
  from core.fact_facility_inventory
  union all
  select 'core.fact_facility_measure', 'facility_id', facility_id, event_id from core.fact_facility_measure
  union all
  select 'core.fact_feedback', 'course_id', course_id, event_id from core.fact_feedback
  union all
  select 'core.fact_filling', 'person_id', person_id, event_id from core.fact_filling
  union all
  select 'core.fact_filling', 'position_id', position_id, event_id from core.fact_filling
  union all
  select 'core.fact_focal_point', 'person_id', person_id, event_id from core.fact_focal_point
  union all
  select 'core.fact_focal_point', 'unit_id', unit_id, event_id from core.fact_focal_point
  union all
  select 'core.fact_fund_allocation', 'project_id', project_id, event_id from core.fact_fund_allocation
  union all
  select 'core.fact_fund_disbursement', 'project_id', project_id, event_id from core.fact_fund_disbursement
  union all
  select 'core.fact_fund_project', 'project_id', project_id, event_id from core.fact_fund_project
  union all
  select 'core.fact_impact_assessment', 'activity_id', activity_id, event_id from core.fact_impact_assessment
  union all
  select 'core.fact_incident', 'service_id', service_id, event_id from core.fact_incident
  union all
  select 'core.fact_initiative_milestone', 'initiative_id', initiative_id, event_id
  from core.fact_initiative_milestone
  union all
  select 'core.fact_lesson', 'evaluation_id', evaluation_id, event_id from core.fact_lesson
  union all
  select 'core.fact_marker_review', 'project_id', project_id, event_id from core.fact_marker_review
  union all
  select 'core.fact_maturity_assessment', 'unit_id', unit_id, event_id from core.fact_maturity_assessment
  union all
  select 'core.fact_monitoring_framework', 'project_id', project_id, event_id
  from core.fact_monitoring_framework
  union all
  select 'core.fact_multi_rater_feedback', 'person_id', person_id, event_id
  from core.fact_multi_rater_feedback
  union all
  select 'core.fact_objectives', 'person_id', person_id, event_id from core.fact_objectives
  union all
  select 'core.fact_pledge', 'donor_id', donor_id, event_id from core.fact_pledge
  union all
  select 'core.fact_policy_request', 'unit_id', unit_id, event_id from core.fact_policy_request
  union all
  select 'core.fact_programme_participation', 'person_id', person_id, event_id
  from core.fact_programme_participation
  union all
  select 'core.fact_project_marker', 'project_id', project_id, event_id from core.fact_project_marker
  union all
  select 'core.fact_proposal', 'unit_id', unit_id, event_id from core.fact_proposal
  union all
  select 'core.fact_protection_training', 'unit_id', unit_id, event_id from core.fact_protection_training
  union all
  select 'core.fact_psea_attendance', 'person_id', person_id, event_id from core.fact_psea_attendance
  union all
  select 'core.fact_psea_attendance', 'session_id', session_id, event_id from core.fact_psea_attendance
  union all
  select 'core.fact_psea_session', 'unit_id', unit_id, event_id from core.fact_psea_session
  union all
  select 'core.fact_recommendation', 'evaluation_id', evaluation_id, event_id from core.fact_recommendation
  union all
  select 'core.fact_result_link', 'indicator_id', indicator_id, event_id from core.fact_result_link
  union all
  select 'core.fact_result_measurement', 'indicator_id', indicator_id, event_id
  from core.fact_result_measurement
  union all
  select 'core.fact_results_framework', 'project_id', project_id, event_id from core.fact_results_framework
  union all
  select 'core.fact_results_framework', 'unit_id', unit_id, event_id from core.fact_results_framework
  union all
  select 'core.fact_results_training', 'unit_id', unit_id, event_id from core.fact_results_training
  union all
  select 'core.fact_risk', 'unit_id', unit_id, event_id from core.fact_risk
  union all
  select 'core.fact_roster_deployment', 'position_id', position_id, event_id from core.fact_roster_deployment
  union all
  select 'core.fact_satisfaction', 'service_id', service_id, event_id from core.fact_satisfaction
  union all
  select 'core.fact_session', 'course_id', course_id, event_id from core.fact_session
  union all
  select 'core.fact_session', 'unit_id', unit_id, event_id from core.fact_session
  union all
  select 'core.fact_strategy', 'unit_id', unit_id, event_id from core.fact_strategy
  union all
  select 'core.fact_subject_request', 'unit_id', unit_id, event_id from core.fact_subject_request
  union all
  select 'core.fact_support_request', 'unit_id', unit_id, event_id from core.fact_support_request
  union all
  select 'core.fact_vulnerability', 'service_id', service_id, event_id from core.fact_vulnerability
  union all
  select 'core.fact_waste', 'facility_id', facility_id, event_id from core.fact_waste
  union all
  select 'core.fact_water_use', 'facility_id', facility_id, event_id from core.fact_water_use
  union all
  select 'core.fact_workspace', 'unit_id', unit_id, event_id from core.fact_workspace
  union all
  select 'core.person_history', 'person_id', person_id, event_id from core.person_history
  union all
  select 'core.person_history', 'position_id', position_id, event_id from core.person_history
  union all
  select 'core.person_history', 'unit_id', unit_id, event_id from core.person_history
),
registered as (
  select 'unit_id' as column_name, unit_id as number from core.dim_organisation_unit
  union
  select 'project_id', project_id from core.dim_project
  union
  select 'position_id', position_id from core.dim_position
  union
  select 'course_id', course_id from core.dim_course
  union
  select 'session_id', session_id from core.fact_session
  union
  select 'session_id', session_id from core.fact_psea_session
  union
  select 'facility_id', facility_id from core.dim_facility
  union
  select 'service_id', service_id from core.dim_service
  union
  select 'activity_id', activity_id from core.dim_processing_activity
  union
  select 'initiative_id', initiative_id from core.fact_initiative
  union
  select 'donor_id', donor_id from core.dim_donor
  union
  select 'partner_id', partner_id from core.dim_partner
  union
  select 'evaluation_id', evaluation_id from core.fact_evaluation
  union
  select 'document_id', document_id from core.dim_document
  union
  select 'framework_id', framework_id from core.fact_results_framework
  union
  select 'indicator_id', indicator_id from core.dim_result_indicator
  union
  select 'person_id', person_id from core.dim_person where appointed
  union
  select 'person_id', person_id from core.dim_partner_person
)
select table_name, column_name, missing, count(*) as rows, min(event_id) as event_id
from reference
anti join registered
  on registered.column_name = reference.column_name and registered.number = reference.missing
where missing is not null
group by all
