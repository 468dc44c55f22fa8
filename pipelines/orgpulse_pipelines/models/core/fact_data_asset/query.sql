-- grain: one row per data asset
select asset_id, unit_id, access, registered_on, event_id
from staging.knowledge_data_asset_registered_v1
qualify row_number() over (partition by asset_id order by occurred_at desc, event_id desc) = 1
