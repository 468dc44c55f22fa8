"""Conduct: matters of the ethics office, cases of the ombudsperson, and what prevents both."""
