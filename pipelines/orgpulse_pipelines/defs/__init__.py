"""What Dagster shows and runs, one module a stage of the flow."""
