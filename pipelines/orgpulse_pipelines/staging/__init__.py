"""Staging: each event once, however often it was published, delivered or loaded."""
