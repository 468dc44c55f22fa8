"""Landing: from Kafka into DuckDB, each record exactly once."""
