-- grain: one row per indicator, kind of period and member
with newest as (
    select indicator_id, grain, dimension, member, max(period_end) as period_end
    from indicators.value
    where as_of = period_end
    group by all
)
select figure.*
from answers.figures as figure
inner join newest using (indicator_id, grain, dimension, member, period_end)
