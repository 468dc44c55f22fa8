-- grain: one row per evaluation
select
  event_id, evaluation_id, unit_id, project_id, kind, theme, quality_rating, published_on
from staging.evaluation_evaluation_published_v1
qualify row_number() over (partition by evaluation_id order by occurred_at desc, event_id desc) = 1
