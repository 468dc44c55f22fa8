-- grain: one row per service that ended by a separation
select
  history.person_id, history.service_from, history.separated_on,
  service.unit_id, service.contract_type, service.grade_group, service.gender,
  history.separation_event_id as event_id
from core.person_history as history
join marts.service as service using (person_id, valid_from)
where history.separated_on is not null and history.valid_to = history.service_to
