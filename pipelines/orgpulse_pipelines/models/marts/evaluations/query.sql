-- grain: one row per evaluation
with recommendations as (
  select evaluation_id, count(*) as recommendations from core.fact_recommendation group by all
)
select
  evaluation.evaluation_id, evaluation.unit_id, unit.region, unit.country, evaluation.project_id,
  evaluation.kind, evaluation.theme, evaluation.quality_rating, evaluation.published_on,
  coalesce(recommendations.recommendations, 0) as recommendations,
  evaluation.event_id
from core.fact_evaluation as evaluation
left join recommendations using (evaluation_id)
left join core.dim_organisation_unit as unit
  on unit.unit_id = evaluation.unit_id
  and unit.valid_from <= evaluation.published_on and evaluation.published_on < unit.valid_to
