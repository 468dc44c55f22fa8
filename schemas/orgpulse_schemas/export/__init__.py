"""The contracts in the languages of other tools: JSON Schema 2020-12, AsyncAPI 3, ODCS 3.1."""

from orgpulse_schemas.export.asyncapi import TopicFigures, asyncapi_document
from orgpulse_schemas.export.json_schema import accepted_schema, event_schema, protected_schema
from orgpulse_schemas.export.odcs import odcs_document

__all__ = [
    "TopicFigures",
    "accepted_schema",
    "asyncapi_document",
    "event_schema",
    "odcs_document",
    "protected_schema",
]
