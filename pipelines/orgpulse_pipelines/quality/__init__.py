"""Data quality by source system: what came, what did not, and whom to ask."""
