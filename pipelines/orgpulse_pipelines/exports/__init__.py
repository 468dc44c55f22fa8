"""Exports for others: defined as data, suppressed anew where their threshold is stricter, and logged."""
