-- grain: one row per organisation unit and span in which its registration and its place in the hierarchy hold
with recursive registration as (
  select *
  from staging.reference_organisation_unit_registered_v1
  qualify row_number() over (partition by unit_id, valid_from order by occurred_at desc, event_id desc) = 1
),
version as (
  select
    unit_id, name, unit_type, parent_unit_id, region, country, duty_station, high_risk, valid_from,
    event_id,
    lead(valid_from, 1, date '9999-12-31') over newest as valid_to,
    -- an office counts as its parent's also in the days before the parent's own first registration
    if(row_number() over newest = 1, date '0001-01-01', valid_from) as parent_from
  from registration
  window newest as (partition by unit_id order by valid_from)
),
ancestry as (
  select
    unit_id, event_id, valid_from, valid_to, parent_unit_id as next_unit_id, 1 as level,
    if(unit_type = 'regional_office', unit_id, null) as regional_office_id,
    if(unit_type <> 'sub_office', unit_id, null) as mission_id
  from version
  union all
  select
    child.unit_id, child.event_id,
    greatest(child.valid_from, parent.parent_from), least(child.valid_to, parent.valid_to),
    parent.parent_unit_id, child.level + 1,
    coalesce(child.regional_office_id, if(parent.unit_type = 'regional_office', parent.unit_id, null)),
    coalesce(child.mission_id, if(parent.unit_type <> 'sub_office', parent.unit_id, null))
  from ancestry as child
  join version as parent
    on parent.unit_id = child.next_unit_id
    and parent.parent_from < child.valid_to
    and child.valid_from < parent.valid_to
  where child.level < 10  -- units that report to each other must not keep the query going
),
resolved as (
  select * from ancestry
  where level = 10 or next_unit_id is null or next_unit_id not in (select unit_id from version)
)
select
  version.unit_id, version.name, version.unit_type, version.parent_unit_id,
  resolved.regional_office_id,
  coalesce(resolved.mission_id, version.unit_id) as mission_id,
  resolved.level,
  version.region, version.country, version.duty_station, version.high_risk,
  resolved.valid_from, resolved.valid_to,
  resolved.valid_to = date '9999-12-31' as is_current,
  version.event_id
from resolved
join version using (event_id)
