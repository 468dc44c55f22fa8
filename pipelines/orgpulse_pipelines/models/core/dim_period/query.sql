-- grain: one row per reporting period (calendar year)
with dated as (
  select completed_on as day, arrived_at from staging.training_completion_recorded_v1
  union all
  select held_on, arrived_at from staging.training_session_held_v1
  union all
  select attended_on, arrived_at from staging.training_attendance_recorded_v1
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
  select assessed_on, arrived_at from staging.environment_project_marker_assessed_v1
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
active_year as (
  -- a date after the event's arrival is a mistake, and would open years that have not come yet
  select year(day) as year, month(day) = 1 as from_january from dated where day <= arrived_at
  union all
  select year, true from yearly where year <= year(arrived_at)
),
bounds as (
  select coalesce(min(year) filter (where from_january), min(year)) as first_year, max(year) as last_year
  from active_year
),
years as (
  select unnest(range(first_year, last_year + 1)) as year from bounds where first_year is not null
)
select
  make_date(year, 1, 1) as period_start,
  make_date(year, 12, 31) as period_end,
  year::varchar as label
from years
