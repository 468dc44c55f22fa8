-- grain: one row per source system, type of event and day
with counted as (
  select 'PR-1' as system, event_type, day, events, occurred_at, event_id
  from staging.control_gender_equality_events_counted_v1
  union all
  select 'PR-2', event_type, day, events, occurred_at, event_id
  from staging.control_ethics_events_counted_v1
  union all
  select 'PR-3', event_type, day, events, occurred_at, event_id
  from staging.control_environment_events_counted_v1
  union all
  select 'PR-4', event_type, day, events, occurred_at, event_id
  from staging.control_data_protection_events_counted_v1
  union all
  select 'PU-1', event_type, day, events, occurred_at, event_id
  from staging.control_results_management_events_counted_v1
  union all
  select 'PU-2', event_type, day, events, occurred_at, event_id
  from staging.control_evaluation_events_counted_v1
  union all
  select 'PU-3', event_type, day, events, occurred_at, event_id
  from staging.control_policy_hub_events_counted_v1
  union all
  select 'PE-1', event_type, day, events, occurred_at, event_id
  from staging.control_development_fund_events_counted_v1
  union all
  select 'PE-2', event_type, day, events, occurred_at, event_id
  from staging.control_regional_support_events_counted_v1
  union all
  select 'PE-3', event_type, day, events, occurred_at, event_id
  from staging.control_human_resources_events_counted_v1
  union all
  select 'PE-4', event_type, day, events, occurred_at, event_id
  from staging.control_ombudsperson_events_counted_v1
  union all
  select 'PE-5', event_type, day, events, occurred_at, event_id
  from staging.control_finance_events_counted_v1
  union all
  select 'PE-6', event_type, day, events, occurred_at, event_id
  from staging.control_ict_events_counted_v1
)
select system, event_type, day, events, event_id
from counted
qualify row_number() over (partition by system, event_type, day order by occurred_at desc, event_id desc) = 1
