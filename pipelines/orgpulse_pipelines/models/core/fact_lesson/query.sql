-- grain: one row per lesson
with recorded as (
  select *
  from staging.evaluation_lesson_recorded_v1
  qualify row_number() over (partition by lesson_id order by occurred_at desc, event_id desc) = 1
),
reused as (
  select
    lesson_id, min(reused_on) as first_reused_on,
    min_by(event_id, (reused_on, occurred_at, event_id)) as reuse_event_id
  from staging.evaluation_lesson_reused_v1
  group by lesson_id
)
select
  recorded.lesson_id, recorded.evaluation_id, recorded.recorded_on,
  reused.first_reused_on, reused.reuse_event_id, recorded.event_id
from recorded
left join reused using (lesson_id)
