-- grain: one row per day, contract and raw topic
select
    occurred_at::date as day,
    contract,
    split_part(origin, '/', 1) as raw_topic,
    count(*) as events
from core.event_lineage
group by all
