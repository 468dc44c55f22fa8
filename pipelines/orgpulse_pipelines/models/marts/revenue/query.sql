-- grain: one row per contribution
with rated as (
  select contribution.*, if(contribution.currency = 'USD', 1, rate.rate) as rate
  from core.fact_contribution as contribution
  left join core.dim_exchange_rate as rate
    on rate.currency = contribution.currency
    and rate.valid_from <= contribution.received_on
    and contribution.received_on < rate.valid_to
)
select
  contribution_id, donor_id, donor_type, revenue_type,
  case revenue_type
    when 'R01' then 'assessed' when 'R02' then 'unearmarked' when 'R03' then 'earmarked' else 'other'
  end as earmarking,
  -- dollars that agree with the rate to the rounding of either amount stand as stated, to the cent
  if(
    abs(amount::double - amount_usd::double * rate::double) <= 0.005 * greatest(1, rate),
    amount_usd, round(amount::double / rate::double, 2)
  )::decimal(18, 2) as amount_usd,
  received_on, event_id
from rated
