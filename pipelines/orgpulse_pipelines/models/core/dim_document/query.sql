-- grain: one row per document
with registered as (
  select *
  from staging.knowledge_document_registered_v1
  qualify row_number() over (partition by document_id order by occurred_at desc, event_id desc) = 1
),
assured as (
  select *
  from staging.knowledge_document_assured_v1
  qualify row_number() over (
    partition by document_id order by assured_on, occurred_at, event_id
  ) = 1
),
published as (
  select *
  from staging.knowledge_document_published_v1
  qualify row_number() over (
    partition by document_id order by published_on, occurred_at, event_id
  ) = 1
)
select
  registered.document_id, registered.kind, registered.language, registered.registered_on,
  assured.assured_on, assured.event_id as assurance_event_id,
  published.published_on, published.event_id as publication_event_id,
  registered.event_id
from registered
left join assured using (document_id)
left join published using (document_id)
