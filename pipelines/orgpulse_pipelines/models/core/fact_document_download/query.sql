-- grain: one row per download
select download_id, document_id, region, downloaded_on, event_id
from staging.knowledge_document_downloaded_v1
qualify row_number() over (partition by download_id order by occurred_at desc, event_id desc) = 1
