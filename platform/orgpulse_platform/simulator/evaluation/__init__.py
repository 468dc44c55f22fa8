"""Evaluation: evaluations from plan to follow-up, monitoring frameworks, what the function learns."""
