-- grain: one row per kind of budget, year and span in which its amount holds
with approval as (
  select event_id, budget_id, kind, year, amount_usd, approved_on as decided_on, occurred_at
  from staging.finance_budget_approved_v1
  qualify row_number() over (partition by budget_id order by occurred_at desc, event_id desc) = 1
),
revision as (
  select event_id, budget_id, kind, year, amount_usd, revised_on as decided_on, occurred_at
  from staging.finance_budget_revised_v1
  qualify row_number() over (partition by budget_id, revised_on order by occurred_at desc, event_id desc) = 1
),
decision as (
  -- decided before its year, a budget holds from the first day of the year; decided after it, on the last
  select
    *, least(greatest(decided_on, make_date(year, 1, 1)), make_date(year, 12, 31)) as valid_from
  from (select * from approval union all select * from revision)
),
newest as (
  select *
  from decision
  qualify row_number() over (
    partition by kind, year, valid_from order by decided_on desc, occurred_at desc, event_id desc
  ) = 1
)
select
  event_id, budget_id, kind, year, amount_usd, decided_on, valid_from,
  lead(valid_from, 1, make_date(year + 1, 1, 1)) over (
    partition by kind, year order by valid_from
  ) as valid_to
from newest
