-- grain: one row per search
select search_id, language, results, searched_on, event_id
from staging.knowledge_repository_searched_v1
qualify row_number() over (partition by search_id order by occurred_at desc, event_id desc) = 1
