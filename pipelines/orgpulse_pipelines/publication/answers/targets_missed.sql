-- grain: one row per figure that misses its target
select
    indicator_id,
    title,
    grain,
    period,
    complete,
    dimension,
    member,
    member_name,
    region,
    value,
    target,
    value - target as gap,
    unit,
    direction,
    owner
from answers.figures
where status = 'off_target'
