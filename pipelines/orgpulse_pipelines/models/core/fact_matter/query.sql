-- grain: one row per matter
with opened as (
  select *
  from staging.conduct_matter_opened_v1
  qualify row_number() over (partition by matter_id order by occurred_at desc, event_id desc) = 1
),
advised as (
  select *
  from staging.conduct_matter_advised_v1
  qualify row_number() over (partition by matter_id order by occurred_at desc, event_id desc) = 1
),
closed as (
  select *
  from staging.conduct_matter_closed_v1
  qualify row_number() over (partition by matter_id order by occurred_at desc, event_id desc) = 1
)
select
  matter_id, opened.nature, opened.kind, opened.region, opened.opened_on,
  advised.advised_on, advised.advised_on - opened.opened_on as days_to_advice,
  closed.closed_on, closed.closed_on - opened.opened_on as days_to_close,
  coalesce(opened.event_id, advised.event_id, closed.event_id) as event_id,
  advised.event_id as advised_event_id,
  closed.event_id as closed_event_id
from opened
full join advised using (matter_id)
full join closed using (matter_id)
