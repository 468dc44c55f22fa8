"""Requests of a person for their data: what is held about them, a copy for them, and its erasure."""
