-- grain: one row per figure that is withheld
select
    value.indicator_id,
    definition.title,
    value.grain,
    value.period,
    value.dimension,
    value.member,
    definition.minimum_people
from indicators.value as value
inner join indicators.definition as definition using (indicator_id, version)
where value.suppressed
