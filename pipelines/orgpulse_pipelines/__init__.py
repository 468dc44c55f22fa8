"""The Dagster definitions: landing, staging, core, marts, indicators, publication."""
