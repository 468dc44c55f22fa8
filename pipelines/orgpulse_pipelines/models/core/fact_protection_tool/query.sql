-- grain: one row per tool
select
  event_id, tool_id, kind, published_on
from staging.protection_tool_published_v1
qualify row_number() over (partition by tool_id order by occurred_at desc, event_id desc) = 1
