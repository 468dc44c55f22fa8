-- grain: one row per figure that is withheld
select
    value.indicator_id,
    definition.title,
    value.grain,
    value.period,
    value.dimension,
    value.member,
    case value.suppression
        when 'primary' then format('counts fewer than {} people', definition.minimum_people)
        else 'would let another withheld figure be computed'
    end as reason
from indicators.value as value
inner join indicators.definition as definition using (indicator_id, version)
where value.suppressed
