-- grain: one row per pledge
with pledge as (
  select
    pledge_id, donor_id, revenue_type, amount_usd, pledged_on, (pledged_on + interval 1 year)::date as due_on,
    event_id,
    sum(amount_usd) over (
      partition by donor_id, revenue_type order by pledged_on, pledge_id rows unbounded preceding
    ) - amount_usd as pledged_before
  from core.fact_pledge
),
movement as (
  -- what is pledged on a day comes before what is received on it
  select donor_id, revenue_type, pledged_on as day, 1 as step, amount_usd as pledged, 0 as received
  from core.fact_pledge
  union all
  select donor_id, revenue_type, received_on, 2, 0, amount_usd
  from marts.revenue
  where amount_usd is not null
),
step as (
  select donor_id, revenue_type, day, step, sum(pledged) as pledged, sum(received) as received
  from movement
  group by all
),
balance as (
  select
    donor_id, revenue_type, day, step,
    sum(pledged) over steps as pledged,
    sum(pledged - received) over steps as difference
  from step
  window steps as (partition by donor_id, revenue_type order by day, step)
),
answered as (
  -- what arrives beyond the pledges of its day answers none of the pledges that come later
  select
    donor_id, revenue_type, day, step,
    pledged - difference + least(0, min(difference) over steps) as received
  from balance
  window steps as (partition by donor_id, revenue_type order by day, step)
),
daily as (
  select donor_id, revenue_type, day, received
  from answered
  qualify row_number() over (partition by donor_id, revenue_type, day order by step desc) = 1
)
select
  pledge.pledge_id, pledge.donor_id, donor.donor_type, pledge.revenue_type, pledge.amount_usd,
  least(greatest(daily.received - pledge.pledged_before, 0), pledge.amount_usd) as received_usd,
  pledge.pledged_on, pledge.due_on, pledge.event_id
from pledge
asof join daily
  on daily.donor_id = pledge.donor_id
  and daily.revenue_type = pledge.revenue_type
  and daily.day <= pledge.due_on
left join core.dim_donor as donor on donor.donor_id = pledge.donor_id
