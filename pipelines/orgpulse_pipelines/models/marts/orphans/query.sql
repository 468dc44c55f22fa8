-- grain: one row per type of event and reference
with contract as (
  select contract, any_value(event_type) as event_type, any_value(system) as system,
    bool_and(data_subjects = 'none' and personal_data = 'none') as about_nobody
  from core.dim_contract_field
  group by contract
),
orphan as (
  select contract.*, unresolved.table_name, unresolved.column_name, unresolved.rows, unresolved.event_id,
    row_number() over (
      partition by contract.contract, unresolved.table_name, unresolved.column_name order by unresolved.event_id
    ) as number
  from marts.unresolved_reference as unresolved
  join core.event_lineage as lineage on lineage.event_id = unresolved.event_id
  join contract on contract.contract = lineage.contract
)
select
  system,
  event_type,
  table_name,
  column_name,
  count(*) as unknown_things,
  sum(rows)::bigint as rows,
  string_agg(event_id::varchar, ', ' order by event_id) filter (where about_nobody and number <= 5) as examples
from orphan
group by system, event_type, table_name, column_name
