-- grain: one row per open recommendation and span in which neither its age band nor whether it is overdue changes
with opened as (
  select
    recommendation_id, unit_id, theme, issued_on, implementation_due_on,
    coalesce(closed_on, date '9999-12-31') as closed_on,
    (issued_on + interval 6 months)::date as half_a_year_old_on,
    (issued_on + interval 12 months)::date as a_year_old_on,
    event_id
  from marts.recommendations
  where decision is distinct from 'rejected'
),
turn as (
  select distinct
    recommendation_id,
    unnest([issued_on, half_a_year_old_on, a_year_old_on, implementation_due_on]) as valid_from
  from opened
),
span as (
  select
    recommendation_id, valid_from,
    lead(valid_from, 1, date '9999-12-31') over (
      partition by recommendation_id order by valid_from
    ) as valid_to
  from turn
)
select
  opened.recommendation_id, opened.unit_id, opened.theme, opened.issued_on,
  case
    when span.valid_from >= opened.a_year_old_on then 'over_12_months'
    when span.valid_from >= opened.half_a_year_old_on then '6_to_12_months'
    else 'up_to_6_months'
  end as recommendation_age,
  span.valid_from >= opened.implementation_due_on as overdue,
  span.valid_from, least(span.valid_to, opened.closed_on) as valid_to,
  opened.event_id
from opened
join span using (recommendation_id)
where span.valid_from < opened.closed_on
