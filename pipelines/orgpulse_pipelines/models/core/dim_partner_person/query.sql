-- grain: one row per person who works for an implementing partner
with person as (
  select *
  from staging.training_partner_person_registered_v1
  qualify row_number() over (partition by partner_person_id order by occurred_at desc, event_id desc) = 1
)
select
  person.partner_person_id as person_id, person.partner_id, partner.unit_id, person.registered_on, person.event_id
from person
left join core.dim_partner as partner using (partner_id)
