-- grain: one row per contract in use and field that relates to a person
with first_event as (
  select contract, occurred_on, event_id
  from marts.event_traffic
  qualify row_number() over (partition by contract order by occurred_on, event_id) = 1
)
select
  field.contract, field.family, field.system, field.field, field.personal_data, field.treatment,
  field.treatment <> 'keep' as redacted,
  first_event.occurred_on as used_from, first_event.event_id
from core.dim_contract_field as field
join first_event using (contract)
where field.personal_data <> 'none'
