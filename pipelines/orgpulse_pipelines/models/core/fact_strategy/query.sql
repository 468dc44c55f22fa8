-- grain: one row per strategy
with adopted as (
  select *
  from staging.results_strategy_adopted_v1
  qualify row_number() over (partition by strategy_id order by occurred_at desc, event_id desc) = 1
),
expired as (
  select *
  from staging.results_strategy_expired_v1
  qualify row_number() over (partition by strategy_id order by occurred_at desc, event_id desc) = 1
)
select
  adopted.strategy_id, adopted.unit_id, adopted.valid_from,
  least(adopted.valid_to, expired.expired_on) + 1 as valid_to,
  adopted.event_id
from adopted
left join expired using (strategy_id)
