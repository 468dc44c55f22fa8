-- grain: one row per organisation unit and reporting period at whose end it was registered
select
  period.period_start, period.period_end,
  unit.unit_id, unit.name, unit.unit_type, unit.regional_office_id, unit.mission_id,
  unit.region, unit.country, unit.duty_station, unit.high_risk, unit.event_id
from core.dim_period as period
join core.dim_organisation_unit as unit
  on unit.valid_from <= period.period_end and period.period_end < unit.valid_to
