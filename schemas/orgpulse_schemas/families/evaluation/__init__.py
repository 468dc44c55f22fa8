"""Monitoring and evaluation: evaluations, recommendations and what became of them, monitoring frameworks."""
