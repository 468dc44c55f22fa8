"""Counts by which what arrived is compared with what was sent."""
