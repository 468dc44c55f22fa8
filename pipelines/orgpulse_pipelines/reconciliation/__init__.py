"""Reconciliation: every published event is accounted for, and publishers' own counts agree."""
