"""Contracts of the events that source systems publish: pydantic only, no Kafka, no database, no clock."""
