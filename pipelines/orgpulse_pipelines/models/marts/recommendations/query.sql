-- grain: one row per recommendation
select
  recommendation.recommendation_id, recommendation.evaluation_id, evaluation.unit_id, evaluation.theme,
  recommendation.issued_on, recommendation.response_due_on, recommendation.first_response_on,
  recommendation.decision,
  coalesce(recommendation.first_response_on <= recommendation.response_due_on, false) as response_on_time,
  recommendation.implementation_due_on, recommendation.closed_on, recommendation.outcome,
  coalesce(
    recommendation.outcome = 'implemented'
    and recommendation.closed_on <= recommendation.implementation_due_on,
    false
  ) as implemented_on_time,
  recommendation.response_event_id, recommendation.closure_event_id, recommendation.event_id
from core.fact_recommendation as recommendation
left join core.fact_evaluation as evaluation using (evaluation_id)
