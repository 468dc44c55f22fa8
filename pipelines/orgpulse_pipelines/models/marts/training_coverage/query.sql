-- grain: one row per person in service, subject, modality and span in which nothing of it changes
select
  service.person_id,
  greatest(service.valid_from, training.valid_from) as valid_from,
  least(service.valid_to, training.valid_to) as valid_to,
  service.unit_id, service.manager, service.gender, service.grade_group,
  training.subject, training.modality, training.valid, training.event_id
from marts.service as service
join marts.training_validity as training
  on training.person_id = service.person_id
  and training.valid_from < service.valid_to
  and service.valid_from < training.valid_to
