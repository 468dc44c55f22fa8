"""Retention in the warehouse: when the time of a contract ends, nobody is known by its rows any more."""
