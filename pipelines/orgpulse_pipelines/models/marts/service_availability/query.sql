-- grain: one row per service and day measured
select
  sample.service_id, sample.day,
  sample.availability / 100 as worked,
  (100 - sample.availability) / 100 as lost,
  (100 - service.availability_target) / 100 as lost_allowed,
  sample.event_id
from core.fact_availability as sample
left join core.dim_service as service
  on service.service_id = sample.service_id
  and service.valid_from <= sample.day
  and sample.day < service.valid_to
