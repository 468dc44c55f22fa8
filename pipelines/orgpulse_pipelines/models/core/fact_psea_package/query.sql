-- grain: one row per training package
select
  event_id, package_id, audience, language, released_on
from staging.training_psea_package_released_v1
qualify row_number() over (partition by package_id order by occurred_at desc, event_id desc) = 1
