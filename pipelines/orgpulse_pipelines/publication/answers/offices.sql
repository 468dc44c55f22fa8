-- grain: one row per office, as it is now or was last
select
    office.unit_id,
    office.name,
    office.unit_type,
    office.region,
    office.country,
    office.duty_station,
    office.high_risk,
    office.parent_unit_id as reports_to,
    parent.name as reports_to_name,
    regional.name as regional_office_name,
    nullif(office.valid_to, date '9999-12-31') as closed_on
from core.dim_organisation_unit as office
left join core.dim_organisation_unit as parent
    on parent.unit_id = office.parent_unit_id and parent.is_current
left join core.dim_organisation_unit as regional
    on regional.unit_id = office.regional_office_id and regional.is_current
where office.is_current
