-- grain: one row per staff member, career span and age group that the person is estimated to be in
with estimate as (
  -- the middle of the age band on the first day of service tells the age within two and a half years
  select
    person_id, valid_from, valid_to, unit_id, event_id,
    service_from - to_months(12 * (
      case age_band when 'under-20' then 17 else regexp_extract(age_band, '[0-9]+')::integer + 2 end
    ) + 6) as born_about
  from marts.service
  where contract_type = 'staff' and age_band is not null
),
age_group as (
  select *
  from (values ('under_35', 0, 35), ('35_to_54', 35, 55), ('55_and_over', 55, 200))
    as listed (age_group, first_age, after_age)
),
aged as (
  select
    estimate.*, age_group.age_group,
    (born_about + to_years(first_age))::date as reached_on,
    (born_about + to_years(after_age))::date as outgrown_on
  from estimate
  cross join age_group
)
select
  person_id, age_group,
  greatest(valid_from, reached_on) as valid_from,
  least(valid_to, outgrown_on) as valid_to,
  unit_id, event_id
from aged
where reached_on < valid_to and valid_from < outgrown_on
