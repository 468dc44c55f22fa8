"""Rejected events: what they hold, counting and showing them, and sending their originals again after a fix.

A replayed original is a new record on its raw topic, with an origin of its own: it counts as published once
more, and the rejection of the first record stays in the account. Published = rejected + landed holds on.
"""
