-- grain: one row per currency and first day of a rate
with newest as (
  select currency, rate, valid_from, event_id
  from staging.reference_exchange_rate_published_v1
  where currency <> 'USD'  -- a dollar is a dollar
  qualify row_number() over (partition by currency, valid_from order by occurred_at desc, event_id desc) = 1
)
select
  currency, rate, valid_from,
  -- a rate never stands for a month for which none was published
  least(
    lead(valid_from, 1, date '9999-12-31') over (partition by currency order by valid_from),
    (date_trunc('month', valid_from) + interval 1 month)::date
  ) as valid_to,
  event_id
from newest
