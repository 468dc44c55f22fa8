"""Running the build: Dagster's home, progress, and what a failure means."""
