"""Conduct: ethics matters and ombudsperson cases. Confidential: what no indicator needs does not pass."""
