"""Exports for others: defined as data, as their audience may see it, and logged."""
