-- grain: one row per service that ended by a separation
select
  person_id, service_from, separated_on, separation_reason as reason,
  unit_id, grade, contract_type, separation_event_id as event_id
from core.person_history
where separated_on is not null and valid_to = service_to
