-- grain: one row per reporting period
with dated as (
  select completed_on as day, arrived_at from staging.training_completion_recorded_v1
  union all
  select held_on, arrived_at from staging.training_session_held_v1
  union all
  select attended_on, arrived_at from staging.training_attendance_recorded_v1
  union all
  select attended_on, arrived_at from staging.training_psea_attendance_recorded_v1
  union all
  select opened_on, arrived_at from staging.conduct_matter_opened_v1
  union all
  select given_on, arrived_at from staging.training_feedback_given_v1
  union all
  select completed_on, arrived_at from staging.hr_appraisal_completed_v2
  union all
  select separated_on, arrived_at from staging.hr_separation_recorded_v1
  union all
  select received_on, arrived_at from staging.finance_contribution_received_v1
  union all
  select posted_on, arrived_at from staging.finance_expenditure_posted_v1
  union all
  select submitted_on, arrived_at from staging.finance_donor_report_submitted_v1
  union all
  select published_on, arrived_at from staging.evaluation_evaluation_published_v1
  union all
  select given_on, arrived_at from staging.evaluation_management_response_given_v1
  union all
  select closed_on, arrived_at from staging.evaluation_recommendation_closed_v1
  union all
  select submitted_on, arrived_at from staging.evaluation_monitoring_framework_submitted_v1
  union all
  select measured_on, arrived_at from staging.results_measurement_reported_v1
  union all
  select submitted_on, arrived_at from staging.results_proposal_submitted_v1
  union all
  select searched_on, arrived_at from staging.knowledge_repository_searched_v1
  union all
  select delivered_on, arrived_at from staging.knowledge_policy_support_delivered_v1
  union all
  select assessed_on, arrived_at from staging.environment_project_marker_assessed_v1
  union all
  select received_on, arrived_at from staging.protection_subject_request_received_v1
  union all
  select deployed_at::date, arrived_at from staging.ict_change_deployed_v1
  union all
  select day, arrived_at from staging.ict_availability_sampled_v1
),
yearly as (
  select year, arrived_at from staging.environment_facility_inventory_reported_v1
  union all
  select year, arrived_at from staging.finance_revenue_reported_v1
  union all
  select year, arrived_at from staging.finance_expense_reported_v1
  union all
  select year, arrived_at from staging.hr_organisation_headcount_reported_v1
  union all
  select year(as_of), arrived_at from staging.hr_duty_station_headcount_reported_v1
),
active_day as (
  -- a date after the event's arrival is a mistake, and would open periods that have not come yet
  select day, month(day) = 1 as from_january from dated where day <= arrived_at
  union all
  select make_date(year, 12, 31), true from yearly where year <= year(arrived_at)
),
bounds as (
  select
    make_date(coalesce(min(year(day)) filter (where from_january), min(year(day))), 1, 1) as first_day,
    date_trunc('month', max(day)) as last_month
  from active_day
),
month as (
  select unnest(range(first_day::timestamp, last_month + interval 1 day, interval 1 month))::date as month_start
  from bounds
  where first_day is not null
),
period as (
  select
    'month' as grain, month_start as period_start, month_start as last_month,
    strftime(month_start, '%Y-%m') as label
  from month
  union all
  select
    'quarter', date_trunc('quarter', month_start), max(date_trunc('quarter', month_start) + interval 2 months),
    concat(year(month_start), '-Q', quarter(month_start))
  from month
  group by all
  union all
  select
    'year', date_trunc('year', month_start), max(date_trunc('year', month_start) + interval 11 months),
    year(month_start)::varchar
  from month
  group by all
  union all
  select
    'year_to_date', date_trunc('year', month_start), month_start, strftime(month_start, '%Y-%m YTD')
  from month
)
select grain, period_start::date as period_start, last_day(last_month::date) as period_end, label
from period
