-- grain: one row per indicator, kind of period, period and member
select
    value.indicator_id,
    definition.title,
    definition.pillar,
    value.grain,
    value.period,
    value.period_start,
    value.period_end,
    value.as_of = value.period_end as complete,
    value.dimension,
    value.member,
    coalesce(office.name, value.member) as member_name,
    coalesce(office.region, if(value.dimension = 'region', value.member, null)) as region,
    value.value,
    value.unit,
    value.baseline,
    value.target,
    value.status,
    definition.direction,
    value.previous_value,
    value.year_before_value,
    value.progress,
    value.suppressed,
    definition.owner,
    value.version
from indicators.value as value
inner join indicators.definition as definition using (indicator_id, version)
left join core.dim_organisation_unit as office
    on value.dimension in ('office', 'regional_office')
    and office.unit_id = value.member
    and value.as_of >= office.valid_from
    and value.as_of < office.valid_to
